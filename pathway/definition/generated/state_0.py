"""Written by `make generated` from the definition; not to be edited."""

# mypy: ignore-errors

from decimal import Decimal

K0 = Decimal('38.0')
K1 = ('pathologist', 'haematologist',)
K2 = Decimal('0')
K3 = ('positive',)
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
    if a & 1:
        if not o & 1 and (r[56] is True): done |= 1
    elif (((e[69] is True) and (t0 or (l[1] is None) or (not f1))) and (not (r[56] is True))): up |= 1
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
    if a & 256:
        if not o & 256 and (t4 and (not (e[6] is True))): done |= 256
    elif ((((e[5] is True) and f5) or (e[6] is True)) and (not (t4 and (not (e[6] is True))))): up |= 256
    if a & 512:
        if not o & 512 and (e[37] is True): done |= 512
    elif (((e[65] is True) or (e[66] is True)) and (not (e[37] is True))): up |= 512
    if a & 1024:
        if not o & 1024 and (e[41] is not None): done |= 1024
    elif (((e[44] is True) or (e[45] is True) or (e[46] is True) or (e[47] is True)) and (not (e[41] is not None))): up |= 1024
    if (not a & 4194304 and (t6 or ((e[65] is True) and (e[1] is None)))): up |= 4194304
    if (not a & 8388608 and (t6 or ((e[65] is True) and (e[1] is None)))): up |= 8388608
    if (not a & 16777216 and (e[65] is True)): up |= 16777216
    if (t8 or (l[4] is None) or (not f9)):
        if not a & 33554432: up |= 33554432
    elif a & 33554432: gone |= 33554432
    if a & 67108864:
        if not o & 67108864 and (r[54] is True): done |= 67108864
    elif (((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4])) and (not (r[54] is True))): up |= 67108864
    if a & 4192272:
        if a & 16:
            if not o & 16 and (e[43] is not None): done |= 16
        if a & 2048:
            if not o & 2048 and t2: done |= 2048
            elif (e[66] is True): gone |= 2048
        if a & 4096:
            if not o & 4096 and (e[55] is True): done |= 4096
            else: gone |= 4096
        if a & 8192:
            if not o & 8192 and (e[49] in K16): done |= 8192
            else: gone |= 8192
        if a & 16384:
            if not o & 16384 and (e[48] is not None): done |= 16384
            else: gone |= 16384
        if a & 32768:
            if not o & 32768 and (e[59] is True): done |= 32768
            else: gone |= 32768
        if a & 65536:
            gone |= 65536
        if a & 131072:
            gone |= 131072
        if a & 262144:
            if not o & 262144 and (e[60] is True): done |= 262144
            else: gone |= 262144
        if a & 524288:
            gone |= 524288
        if a & 1048576:
            if not o & 1048576 and (((r[0] is not None) and (r[1] is not None) and (r[2] is not None) and (r[3] is not None) and (r[4] is not None)) and (e[62] is not None and e[62] >= K19)): done |= 1048576
            else: gone |= 1048576
        if a & 2097152:
            gone |= 2097152
    return up, done, gone


def f1(m):
    e = m.episode.values
    elo = m.episode.low
    a = m.active
    t0 = ((e[38] is True) or (e[41] is not None))
    w = 0
    w |= (0 if ((e[66] is False) or t0) else (0 if (e[66] is not None) else (0 if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))) else ((0 if (((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) else ((0 if (e[1] is not None) else 2) | (0 if (e[2] is not None) else 4) | (0 if (e[3] is not None) else 8) | (0 if (e[4] is not None) else 16))) | (0 if ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)) else ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)) else ((0 if (e[12] is not None) else 4096) | (0 if (e[13] is not None) else 8192) | (0 if (e[15] is not None) else 32768))))) | (0 if (e[43] is not None) else 8796093022208) | (0 if ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False)))) else ((0 if (e[65] is not None) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (e[0] is not None) else 1) | (0 if (e[1] is not None) else 2) | (0 if (e[2] is not None) else 4) | (0 if (e[3] is not None) else 8) | (0 if (e[4] is not None) else 16)))) | (0 if (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))) else (((0 if (e[25] is not None) else 33554432) | (0 if (e[44] is not None) else 17592186044416) | (0 if (e[64] is not None) else (0 if (e[32] is not None) else 4294967296)) | (0 if (e[26] is not None) else 67108864) | (0 if (e[27] is not None) else 134217728) | (0 if (e[28] is not None) else 268435456) | (0 if (e[29] is not None) else 536870912)) | ((0 if (e[18] is not None) else 262144) | (0 if (e[19] is not None) else 524288)) | (0 if (e[20] is not None) else 1048576) | ((0 if (e[21] is not None) else 2097152) | (0 if (e[22] is not None) else 4194304) | (0 if (e[23] is not None) else 8388608) | (0 if (e[24] is not None) else 16777216))))))))))
    w |= (0 if ((e[65] is False) or (e[66] is True) or t0) else (0 if (e[65] is not None) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (e[0] is not None) else 1) | (0 if (e[1] is not None) else 2) | (0 if (e[2] is not None) else 4) | (0 if (e[3] is not None) else 8) | (0 if (e[4] is not None) else 16)))))
    w |= (0 if ((e[65] is True) or (e[66] is True) or (e[41] is not None)) else (1 | 2 | 4))
    w |= ((0 if ((e[38] is True) or (e[41] is not None)) else ((0 if (e[38] is not None) else 274877906944) | (0 if (e[41] is not None) else 2199023255552))) | (0 if ((e[65] is True) or (e[66] is True) or (e[41] is not None)) else ((0 if (e[65] is not None) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (e[0] is not None) else 1) | (0 if (e[1] is not None) else 2) | (0 if (e[2] is not None) else 4) | (0 if (e[3] is not None) else 8) | (0 if (e[4] is not None) else 16)))) | (0 if (e[66] is not None) else (0 if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))) else ((0 if (((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) else ((0 if (e[1] is not None) else 2) | (0 if (e[2] is not None) else 4) | (0 if (e[3] is not None) else 8) | (0 if (e[4] is not None) else 16))) | (0 if ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)) else ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)) else ((0 if (e[12] is not None) else 4096) | (0 if (e[13] is not None) else 8192) | (0 if (e[15] is not None) else 32768))))) | (0 if (e[43] is not None) else 8796093022208) | (0 if ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False)))) else ((0 if (e[65] is not None) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (e[0] is not None) else 1) | (0 if (e[1] is not None) else 2) | (0 if (e[2] is not None) else 4) | (0 if (e[3] is not None) else 8) | (0 if (e[4] is not None) else 16)))) | (0 if (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))) else (((0 if (e[25] is not None) else 33554432) | (0 if (e[44] is not None) else 17592186044416) | (0 if (e[64] is not None) else (0 if (e[32] is not None) else 4294967296)) | (0 if (e[26] is not None) else 67108864) | (0 if (e[27] is not None) else 134217728) | (0 if (e[28] is not None) else 268435456) | (0 if (e[29] is not None) else 536870912)) | ((0 if (e[18] is not None) else 262144) | (0 if (e[19] is not None) else 524288)) | (0 if (e[20] is not None) else 1048576) | ((0 if (e[21] is not None) else 2097152) | (0 if (e[22] is not None) else 4194304) | (0 if (e[23] is not None) else 8388608) | (0 if (e[24] is not None) else 16777216))))))))) | (0 if (e[41] is not None) else 2199023255552))))
    if a & 1: w |= 72057594037927936
    if a & 2: w |= (0 if ((e[69] is True) or (e[68] is True)) else ((0 if (e[69] is not None) else (4294967296 | (0 if (e[67] is False) else ((0 if (e[67] is not None) else 4294967296) | 4294967296)) | 17179869184)) | (0 if (e[68] is not None) else 4294967296)))
    if a & 12: w |= (0 if ((e[38] is True) or (e[41] is not None)) else ((0 if (e[38] is not None) else 274877906944) | (0 if (e[41] is not None) else 2199023255552)))
    if a & 32: w |= ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None) or (e[13] is not None) or (e[15] is not None)) else ((0 if (e[12] is not None) else 4096) | (0 if (e[13] is not None) else 8192) | (0 if (e[15] is not None) else 32768))))
    if a & 64: w |= (0 if (e[31] is not None) else 2147483648)
    if a & 128: w |= ((0 if (e[7] is not None) else 128) | (0 if (e[8] is not None) else 256) | (0 if (e[9] is not None) else 512) | (0 if (e[10] is not None) else 1024))
    if a & 128: w |= (128 if e[7] is None else 0) | (256 if e[8] is None else 0) | (512 if e[9] is None else 0) | (1024 if e[10] is None else 0)
    if a & 256: w |= (1 if e[0] is None else 0) | (2 if e[1] is None else 0) | (4 if e[2] is None else 0) | (8 if e[3] is None else 0) | (16 if e[4] is None else 0)
    return w & 2305843009213562815


def f2(m):
    e = m.episode.values
    elo = m.episode.low
    a = m.active
    t0 = ((e[38] is True) or (e[41] is not None))
    w = 0
    w |= (0 if ((e[66] is False) or t0) else (0 if (e[66] is True) else (0 if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))) else ((0 if ((False + False + False + False) >= 3) else ((0 if (elo[1] is not None and e[1] < elo[1]) else 2) | (0 if (elo[0] is not None and e[2] < elo[0]) else 4) | (0 if (elo[3] is not None and e[3] < elo[3]) else 8) | (0 if (elo[4] is not None and e[4] < elo[4]) else 16))) | ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)) else ((0 if (e[12] is not None and e[12] > K2) else 4096) | (0 if (e[13] is not None and e[13] > K2) else 8192) | (0 if (e[15] is True) else 32768)))) | (0 if (e[43] in K3) else 8796093022208) | (0 if (e[65] is False) else ((0 if (e[65] is True) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (elo[2] is not None and e[0] < elo[2]) else 1) | (0 if (elo[1] is not None and e[1] < elo[1]) else 2) | (0 if (elo[0] is not None and e[2] < elo[0]) else 4) | (0 if (elo[3] is not None and e[3] < elo[3]) else 8) | (0 if (elo[4] is not None and e[4] < elo[4]) else 16)))) | (0 if (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))) else (((0 if (e[25] is True) else 33554432) | (0 if (e[44] is True) else 17592186044416) | (0 if (e[64] is True) else (0 if (e[32] is not None and e[32] >= K0) else 4294967296)) | (0 if (e[26] is True) else 67108864) | (0 if (e[27] is True) else 134217728) | (0 if (e[28] is True) else 268435456) | (0 if (e[29] is True) else 536870912)) | ((0 if (e[18] is True) else 262144) | (0 if (e[19] is True) else 524288)) | (0 if (e[20] is True) else 1048576) | ((0 if (e[21] is True) else 2097152) | (0 if (e[22] is True) else 4194304) | (0 if (e[23] is True) else 8388608) | (0 if (e[24] is True) else 16777216))))))))))
    w |= (0 if ((e[65] is False) or (e[66] is True) or t0) else (0 if (e[65] is True) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (elo[2] is not None and e[0] < elo[2]) else 1) | (0 if (elo[1] is not None and e[1] < elo[1]) else 2) | (0 if (elo[0] is not None and e[2] < elo[0]) else 4) | (0 if (elo[3] is not None and e[3] < elo[3]) else 8) | (0 if (elo[4] is not None and e[4] < elo[4]) else 16)))))
    w |= (0 if ((e[65] is True) or (e[66] is True) or (e[41] is not None)) else (1 | 2 | 4))
    w |= ((0 if ((e[38] is True) or (e[41] is not None)) else ((0 if (e[38] is True) else 274877906944) | (0 if (e[41] is not None) else 2199023255552))) | (0 if ((e[65] is True) or (e[66] is True) or (e[41] is not None)) else ((0 if (e[65] is True) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (elo[2] is not None and e[0] < elo[2]) else 1) | (0 if (elo[1] is not None and e[1] < elo[1]) else 2) | (0 if (elo[0] is not None and e[2] < elo[0]) else 4) | (0 if (elo[3] is not None and e[3] < elo[3]) else 8) | (0 if (elo[4] is not None and e[4] < elo[4]) else 16)))) | (0 if (e[66] is True) else (0 if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))) else ((0 if ((False + False + False + False) >= 3) else ((0 if (elo[1] is not None and e[1] < elo[1]) else 2) | (0 if (elo[0] is not None and e[2] < elo[0]) else 4) | (0 if (elo[3] is not None and e[3] < elo[3]) else 8) | (0 if (elo[4] is not None and e[4] < elo[4]) else 16))) | ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)) else ((0 if (e[12] is not None and e[12] > K2) else 4096) | (0 if (e[13] is not None and e[13] > K2) else 8192) | (0 if (e[15] is True) else 32768)))) | (0 if (e[43] in K3) else 8796093022208) | (0 if (e[65] is False) else ((0 if (e[65] is True) else (0 if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])) else ((0 if (elo[2] is not None and e[0] < elo[2]) else 1) | (0 if (elo[1] is not None and e[1] < elo[1]) else 2) | (0 if (elo[0] is not None and e[2] < elo[0]) else 4) | (0 if (elo[3] is not None and e[3] < elo[3]) else 8) | (0 if (elo[4] is not None and e[4] < elo[4]) else 16)))) | (0 if (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))) else (((0 if (e[25] is True) else 33554432) | (0 if (e[44] is True) else 17592186044416) | (0 if (e[64] is True) else (0 if (e[32] is not None and e[32] >= K0) else 4294967296)) | (0 if (e[26] is True) else 67108864) | (0 if (e[27] is True) else 134217728) | (0 if (e[28] is True) else 268435456) | (0 if (e[29] is True) else 536870912)) | ((0 if (e[18] is True) else 262144) | (0 if (e[19] is True) else 524288)) | (0 if (e[20] is True) else 1048576) | ((0 if (e[21] is True) else 2097152) | (0 if (e[22] is True) else 4194304) | (0 if (e[23] is True) else 8388608) | (0 if (e[24] is True) else 16777216))))))))) | (0 if (e[41] is not None) else 2199023255552))))
    if a & 1: w |= 72057594037927936
    if a & 2: w |= (0 if ((e[69] is True) or (e[68] is True)) else ((0 if (e[69] is True) else (4294967296 | (0 if (e[67] is False) else ((0 if (e[67] is not None) else 4294967296) | 4294967296)) | 17179869184)) | (0 if (e[68] is not None) else 4294967296)))
    if a & 12: w |= (0 if ((e[38] is True) or (e[41] is not None)) else ((0 if (e[38] is True) else 274877906944) | (0 if (e[41] is not None) else 2199023255552)))
    if a & 32: w |= ((0 if (e[11] in K1) else 2048) | (0 if ((e[12] is not None) or (e[13] is not None) or (e[15] is not None)) else ((0 if (e[12] is not None) else 4096) | (0 if (e[13] is not None) else 8192) | (0 if (e[15] is not None) else 32768))))
    if a & 64: w |= (0 if (e[31] is True) else 2147483648)
    if a & 128: w |= ((0 if (e[7] is not None) else 128) | (0 if (e[8] is not None) else 256) | (0 if (e[9] is not None) else 512) | (0 if (e[10] is not None) else 1024))
    if a & 128: w |= (128 if e[7] is None else 0) | (256 if e[8] is None else 0) | (512 if e[9] is None else 0) | (1024 if e[10] is None else 0)
    if a & 256: w |= (1 if e[0] is None else 0) | (2 if e[1] is None else 0) | (4 if e[2] is None else 0) | (8 if e[3] is None else 0) | (16 if e[4] is None else 0)
    return w & 2305843009213562815
