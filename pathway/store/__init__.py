"""Cases that survive time: an append-only log in SQLite or PostgreSQL, of which every case is a fold.

Needs the extra `store` (SQLAlchemy); for a PostgreSQL server the extra `postgres`.
"""
