"""Written by `make generated` from the definition; not to be edited."""

# mypy: ignore-errors

from decimal import Decimal

K0 = Decimal('38.0')
K1 = ('pathologist', 'haematologist',)
K16 = ('germline', 'rearranged',)
K19 = Decimal('7')


def f0(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    rlo = m.report.low
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    t4 = ((e[0] is not None) and (e[1] is not None) and (e[2] is not None) and (e[3] is not None) and (e[4] is not None))
    f5 = ((e[0] is None) or (e[1] is None) or (e[2] is None) or (e[3] is None) or (e[4] is None))
    t6 = (elo[1] is not None and e[1] < elo[1])
    t8 = (llo[4] is not None and l[4] < llo[4])
    f9 = (llo[4] is not None and l[4] >= llo[4])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 32:
        if not o & 32 and ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))): done |= 32
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))))): up |= 32
    if a & 64:
        if not o & 64 and (e[31] is True): done |= 64
    elif (((e[65] is True) or (e[66] is True)) and (not (e[31] is True))): up |= 64
    if a & 128:
        if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)))): up |= 128
    if a & 256:
        if not o & 256 and (t4 and (not (e[6] is True))): done |= 256
    elif ((((e[5] is True) and f5) or (e[6] is True)) and (not (t4 and (not (e[6] is True))))): up |= 256
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if (not a & 4194304 and (t6 or ((e[65] is True) and (e[1] is None)))): up |= 4194304
    if (not a & 8388608 and (t6 or ((e[65] is True) and (e[1] is None)))): up |= 8388608
    if (not a & 16777216 and (e[65] is True)): up |= 16777216
    if (t8 or (l[4] is None) or (not f9)):
        if not a & 33554432: up |= 33554432
    elif a & 33554432: gone |= 33554432
    if (not a & 67108864 and ((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4]))): up |= 67108864
    if a & 1050626:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            if not o & 1048576 and (((r[0] is not None) and (r[1] is not None) and (r[2] is not None) and (r[3] is not None) and (r[4] is not None)) and (e[62] is not None and e[62] >= K19)): done |= 1048576
            else: gone |= 1048576
    return up, done, gone


def f1(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 128:
        if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)))): up |= 128
    if a & 68157442:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f2(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 32:
        if not o & 32 and ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))): done |= 32
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))))): up |= 32
    if a & 64:
        if not o & 64 and (e[31] is True): done |= 64
    elif (((e[65] is True) or (e[66] is True)) and (not (e[31] is True))): up |= 64
    if a & 128:
        if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)))): up |= 128
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if a & 68159490:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f3(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 32:
        if not o & 32 and ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))): done |= 32
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))))): up |= 32
    if a & 64:
        if not o & 64 and (e[31] is True): done |= 64
    elif (((e[65] is True) or (e[66] is True)) and (not (e[31] is True))): up |= 64
    if a & 128:
        if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)))): up |= 128
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if a & 1024:
        if not o & 1024 and (e[41] is not None): done |= 1024
    elif (((e[44] is True) or (e[45] is True) or (e[46] is True) or (e[47] is True)) and (not (e[41] is not None))): up |= 1024
    if a & 68159490:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f4(m):
    e = m.episode.values
    r = m.report.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 2:
        if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
    elif (((r[32] is not None and r[32] >= K0) and (not (e[69] is True))) and (not ((e[69] is True) or (e[68] is True)))): up |= 2
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 32:
        if not o & 32 and ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))): done |= 32
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))))): up |= 32
    if a & 64:
        if not o & 64 and (e[31] is True): done |= 64
    elif (((e[65] is True) or (e[66] is True)) and (not (e[31] is True))): up |= 64
    if a & 128:
        if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)))): up |= 128
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if a & 68159488:
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f5(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68157442:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f6(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if a & 68157442:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f7(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 68159490:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f8(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 1024:
        if not o & 1024 and (e[41] is not None): done |= 1024
    elif (((e[44] is True) or (e[45] is True) or (e[46] is True) or (e[47] is True)) and (not (e[41] is not None))): up |= 1024
    if a & 68159490:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f9(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    t2 = ((e[38] is True) or (e[41] is not None))
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 4:
        if not o & 4 and t2: done |= 4
    elif (((e[66] is True) and (not t2) and (not (e[72] is True))) and (not t2)): up |= 4
    if a & 8:
        if not o & 8 and t2: done |= 8
    elif (((e[66] is True) and (not t2) and (e[72] is True)) and (not t2)): up |= 8
    if a & 32:
        if not o & 32 and ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))): done |= 32
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))))): up |= 32
    if a & 64:
        if not o & 64 and (e[31] is True): done |= 64
    elif (((e[65] is True) or (e[66] is True)) and (not (e[31] is True))): up |= 64
    if a & 128:
        if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
    elif (((e[65] is True) or (e[66] is True)) and (not ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)))): up |= 128
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if a & 68159506:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 16:
            if not o & 16 and (e[43] is not None): done |= 16
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f10(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68173826:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 16384:
            if not o & 16384 and (e[48] is not None): done |= 16384
            else: gone |= 16384
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f11(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68165634:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 8192:
            if not o & 8192 and (e[49] in K16): done |= 8192
            else: gone |= 8192
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f12(m):
    e = m.episode.values
    r = m.report.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68157442:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 1048576:
            gone |= 1048576
        if a & 67108864:
            if not o & 67108864 and (r[54] is True): done |= 67108864
    return up, done, gone


def f13(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68161538:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 4096:
            if not o & 4096 and (e[55] is True): done |= 4096
            else: gone |= 4096
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f14(m):
    e = m.episode.values
    r = m.report.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if a & 1:
        if not o & 1 and (r[56] is True): done |= 1
    elif (((e[69] is True) and (t0 or (l[1] is None) or (not f1))) and (not (r[56] is True))): up |= 1
    if a & 68157442:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f15(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68190210:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 32768:
            if not o & 32768 and (e[59] is True): done |= 32768
            else: gone |= 32768
        if a & 1048576:
            gone |= 1048576
    return up, done, gone


def f16(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    up = done = gone = 0
    if (not a & 1 and ((e[69] is True) and (t0 or (l[1] is None) or (not f1)))): up |= 1
    if a & 68419586:
        if a & 2:
            if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
        if a & 262144:
            if not o & 262144 and (e[60] is True): done |= 262144
            else: gone |= 262144
        if a & 1048576:
            gone |= 1048576
    return up, done, gone
