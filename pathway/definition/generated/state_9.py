"""Written by `make generated` from the definition; not to be edited."""

# mypy: ignore-errors

from decimal import Decimal

K0 = Decimal('38.0')
K1 = ('pathologist', 'haematologist',)
K2 = Decimal('0')
K3 = ('positive',)
K6 = ('rearranged',)
K7 = ('benign',)
K9 = ('all',)
K10 = ('lymphoid',)
K11 = Decimal('20')
K12 = Decimal('1000')
K14 = ('cml', 'hlh', 'aml', 'other_malignancy',)
K15 = ('myeloid', 'mixed',)
K16 = ('germline', 'rearranged',)
K17 = Decimal('6')
K18 = Decimal('300')
K19 = Decimal('7')
K25 = Decimal('12')


def f0(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    l = m.latest.values
    llo = m.latest.low
    a = m.active
    o = m.old
    t0 = ((e[38] is True) or (e[41] is not None))
    t2 = ((e[0] is not None) and (e[1] is not None) and (e[2] is not None) and (e[3] is not None) and (e[4] is not None))
    f3 = ((e[0] is None) or (e[1] is None) or (e[2] is None) or (e[3] is None) or (e[4] is None))
    t4 = (llo[4] is not None and l[4] < llo[4])
    f5 = (llo[4] is not None and l[4] >= llo[4])
    up = done = gone = 0
    if a & 1:
        if not o & 1 and (r[56] is True): done |= 1
    elif ((e[69] is True) and (not (r[56] is True))): up |= 1
    if a & 2:
        if not o & 2 and ((e[69] is True) or (e[68] is True)): done |= 2
    elif (((r[32] is not None and r[32] >= K0) and (not (e[69] is True))) and (not ((e[69] is True) or (e[68] is True)))): up |= 2
    if a & 4:
        if not o & 4 and t0: done |= 4
    elif (((e[66] is True) and (not t0) and (not (e[72] is True))) and (not t0)): up |= 4
    if a & 8:
        if not o & 8 and t0: done |= 8
    elif (((e[66] is True) and (not t0) and (e[72] is True)) and (not t0)): up |= 8
    if a & 256:
        if not o & 256 and (t2 and (not (e[6] is True))): done |= 256
    elif ((((e[5] is True) and f3) or (e[6] is True)) and (not (t2 and (not (e[6] is True))))): up |= 256
    if a & 4096:
        if not o & 4096 and (e[55] is True): done |= 4096
    elif ((e[70] is not None and e[70] >= K25) and (not (e[55] is True))): up |= 4096
    if a & 16384:
        if not o & 16384 and (e[48] is not None): done |= 16384
    elif (not (e[48] is not None)): up |= 16384
    if a & 32768:
        if not o & 32768 and (e[59] is True): done |= 32768
        elif (e[48] is True): gone |= 32768
    elif (((e[48] is False) and ((e[70] is not None and e[70] < K25) or (e[55] is True))) and (not (e[59] is True)) and (not (e[48] is True))): up |= 32768
    if (e[49] in K6):
        if not a & 131072: up |= 131072
    elif a & 131072: gone |= 131072
    if not a & 524288: up |= 524288
    if not a & 4194304: up |= 4194304
    if not a & 8388608: up |= 8388608
    if not a & 16777216: up |= 16777216
    if (t4 or (l[4] is None) or (not f5)):
        if not a & 33554432: up |= 33554432
    elif a & 33554432: gone |= 33554432
    if a & 67108864:
        if not o & 67108864 and (r[54] is True): done |= 67108864
    elif (((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4])) and (not (r[54] is True))): up |= 67108864
    if a & 3485424:
        if a & 16:
            if not o & 16 and (e[43] is not None): done |= 16
        if a & 32:
            if not o & 32 and ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))): done |= 32
        if a & 64:
            if not o & 64 and (e[31] is True): done |= 64
        if a & 128:
            if not o & 128 and ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None)): done |= 128
        if a & 512:
            if not o & 512 and (e[37] is True): done |= 512
        if a & 1024:
            if not o & 1024 and (e[41] is not None): done |= 1024
        if a & 2048:
            if not o & 2048 and t0: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 8192:
            if not o & 8192 and (e[49] in K16): done |= 8192
        if a & 65536:
            gone |= 65536
        if a & 262144:
            if not o & 262144 and (e[60] is True): done |= 262144
            else: gone |= 262144
        if a & 1048576:
            if not o & 1048576 and (((r[0] is not None) and (r[1] is not None) and (r[2] is not None) and (r[3] is not None) and (r[4] is not None)) and (e[62] is not None and e[62] >= K19)): done |= 1048576
            else: gone |= 1048576
        if a & 2097152:
            gone |= 2097152
    return up, done, gone


def f1(m):
    e = m.episode.values
    a = m.active
    t0 = ((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))
    t2 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t6 = (e[11] in K1)
    w = 0
    w |= (0 if ((e[41] in K14) or ((not t2) and (e[41] is None) and ((e[43] in K3) or (t6 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) else ((0 if (e[41] is not None) else 2199023255552) | (0 if (t2 or (e[41] is not None) or ((e[43] is not None and e[43] not in K3) and (((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2)) or (e[14] is not None and e[14] not in K15)))) else (0 if ((e[43] in K3) or (t6 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))) else ((0 if (e[43] is not None) else 8796093022208) | (0 if (((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2)) or (e[14] is not None and e[14] not in K15)) else ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) else ((0 if (e[12] is not None) else 4096) | (0 if (e[13] is not None) else 8192))) | (0 if (e[14] is not None) else 16384))))))))
    w |= (0 if (e[41] is not None) else 2199023255552)
    w |= (0 if ((t0 or (e[41] in K7)) or (((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) and (e[52] is False))) else (0 if (((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18)) or (e[52] is True)) else ((0 if ((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) else (0 if (e[71] is not None) else 1)) | (0 if (e[52] is not None) else 4503599627370496))))
    if a & 1: w |= 72057594037927936
    if a & 2: w |= (0 if ((e[69] is True) or (e[68] is True)) else ((0 if (e[69] is not None) else (4294967296 | (0 if (e[67] is False) else ((0 if (e[67] is not None) else 4294967296) | 4294967296)) | 17179869184)) | (0 if (e[68] is not None) else 4294967296)))
    if a & 12: w |= (0 if ((e[38] is True) or (e[41] is not None)) else ((0 if (e[38] is not None) else 274877906944) | (0 if (e[41] is not None) else 2199023255552)))
    if a & 32: w |= ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None) or (e[13] is not None) or (e[15] is not None)) else ((0 if (e[12] is not None) else 4096) | (0 if (e[13] is not None) else 8192) | (0 if (e[15] is not None) else 32768))))
    if a & 64: w |= (0 if (e[31] is not None) else 2147483648)
    if a & 128: w |= ((0 if (e[7] is not None) else 128) | (0 if (e[8] is not None) else 256) | (0 if (e[9] is not None) else 512) | (0 if (e[10] is not None) else 1024))
    if a & 128: w |= (128 if e[7] is None else 0) | (256 if e[8] is None else 0) | (512 if e[9] is None else 0) | (1024 if e[10] is None else 0)
    if a & 256: w |= (1 if e[0] is None else 0) | (2 if e[1] is None else 0) | (4 if e[2] is None else 0) | (8 if e[3] is None else 0) | (16 if e[4] is None else 0)
    return w & 2305843009213562815
