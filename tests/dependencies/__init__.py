"""What keeps the project in order: licences and known vulnerabilities of what it depends on."""
