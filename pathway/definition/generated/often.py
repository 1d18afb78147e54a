"""Written by `make generated` from the definition; not to be edited."""

# mypy: ignore-errors

from decimal import Decimal

K0 = Decimal('38.0')
K1 = ('pathologist', 'haematologist',)
K2 = Decimal('0')
K3 = ('positive',)
K5 = frozenset(('follow_up',))
K6 = ('rearranged',)
K7 = ('benign',)
K8 = ('germline',)
K11 = Decimal('20')
K12 = Decimal('1000')
K15 = ('myeloid', 'mixed',)
K16 = ('germline', 'rearranged',)
K17 = Decimal('6')
K18 = Decimal('300')
K19 = Decimal('7')
K21 = frozenset(('exam', 'initial_labs', 'referral', 'smear', 'specialist_workup',))
K22 = frozenset(('outside_pathway', 'resolved',))
K23 = frozenset(('referral',))
K24 = frozenset(('confirmed_all', 'high_risk', 'intermediate_risk', 'kmt2a_stratification', 'standard_risk',))
K25 = Decimal('12')
K26 = frozenset(('specialist_workup',))
K29 = frozenset(('high_risk',))
K31 = frozenset(('follow_up', 'resolved',))
K32 = Decimal('24')
K33 = frozenset(('confirmed_all', 'specialist_workup',))
K34 = frozenset(('confirmed_all',))
K35 = frozenset(('exam',))
K36 = frozenset(('standard_risk',))
K37 = frozenset(('intermediate_risk',))
K38 = frozenset(('exam', 'follow_up', 'initial_labs', 'referral', 'smear', 'specialist_workup',))
K39 = frozenset(('exam', 'initial_labs', 'referral', 'smear', 'specialist_pathway', 'specialist_workup',))
K40 = ('oral',)
K41 = frozenset(('outside_pathway',))
K42 = frozenset(('exam', 'specialist_workup',))
K43 = frozenset(('intermediate_risk', 'kmt2a_stratification', 'standard_risk',))
K44 = frozenset(('confirmed_all', 'high_risk', 'intermediate_risk', 'kmt2a_stratification', 'specialist_workup', 'standard_risk',))
K45 = ('hlh',)
K46 = frozenset(('referral', 'specialist_workup',))
K47 = frozenset(('confirmed_all', 'high_risk', 'intermediate_risk', 'kmt2a_stratification', 'specialist_pathway', 'standard_risk',))
K48 = frozenset(('exam', 'follow_up', 'initial_labs', 'outside_pathway', 'referral', 'resolved', 'smear', 'specialist_workup',))
K49 = Decimal('0.5')
K50 = Decimal('1.0')
K51 = Decimal('1.5')
K52 = ('aml', 'other_malignancy',)


def f0(m):
    e = m.episode.values
    return ((e[61] is not None and e[61] >= K25) and (e[61] is not None and e[61] < K32))


def f1(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    return ((e[69] is True) and ((t0 or (l[1] is None) or (not f1)) or (s in K24)))


def f2(m):
    r = m.report.values
    return (r[56] is True)


def f3(m):
    e = m.episode.values
    r = m.report.values
    return ((r[32] is not None and r[32] >= K0) and (not (e[69] is True)))


def f4(m):
    e = m.episode.values
    return ((e[69] is True) or (e[68] is True))


def f5(m):
    e = m.episode.values
    s = m.state
    return (((e[66] is True) or (s in K23)) and (not ((e[38] is True) or (e[41] is not None))) and (not (e[72] is True)))


def f6(m):
    e = m.episode.values
    s = m.state
    return (((e[66] is True) or (s in K23)) and (not ((e[38] is True) or (e[41] is not None))) and (e[72] is True))


def f7(m):
    s = m.state
    return (s in K33)


def f8(m):
    e = m.episode.values
    return (e[43] is not None)


def f9(m):
    e = m.episode.values
    s = m.state
    return (((e[65] is True) or (e[66] is True) or (s in K23)) and (s in K21))


def f10(m):
    e = m.episode.values
    return ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None)))


def f11(m):
    e = m.episode.values
    s = m.state
    return (((e[65] is True) or (e[66] is True) or (s in K23)) and (s in K21))


def f12(m):
    e = m.episode.values
    return (e[31] is True)


def f13(m):
    e = m.episode.values
    s = m.state
    return ((((e[65] is True) or (e[66] is True) or (s in K23)) and (s in K21)) or (s in K34))


def f14(m):
    e = m.episode.values
    return ((e[7] is not None) and (e[8] is not None) and (e[9] is not None) and (e[10] is not None))


def f15(m):
    e = m.episode.values
    r = m.report.values
    s = m.state
    return (((e[5] is True) and ((e[0] is None) or (e[1] is None) or (e[2] is None) or (e[3] is None) or (e[4] is None))) or (e[6] is True) or ((s in K5) and (r[5] is True) and ((r[0] is None) or (r[1] is None) or (r[2] is None) or (r[3] is None) or (r[4] is None))))


def f16(m):
    e = m.episode.values
    r = m.report.values
    s = m.state
    return (((e[0] is not None) and (e[1] is not None) and (e[2] is not None) and (e[3] is not None) and (e[4] is not None)) and (not (e[6] is True)) and ((not (s in K5)) or ((r[0] is not None) and (r[1] is not None) and (r[2] is not None) and (r[3] is not None) and (r[4] is not None))))


def f17(m):
    e = m.episode.values
    s = m.state
    return (((e[65] is True) or (e[66] is True)) and (s in K21))


def f18(m):
    e = m.episode.values
    return (e[37] is True)


def f19(m):
    e = m.episode.values
    s = m.state
    return (((e[44] is True) or (e[45] is True) or (e[46] is True) or (e[47] is True)) and (s in K21))


def f20(m):
    e = m.episode.values
    return (e[41] is not None)


def f21(m):
    e = m.episode.values
    s = m.state
    return ((s in K35) and (not ((e[38] is True) or (e[41] is not None))))


def f22(m):
    e = m.episode.values
    s = m.state
    return ((e[66] is True) or (s in K23))


def f23(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (e[70] is not None and e[70] >= K25))


def f24(m):
    e = m.episode.values
    return (e[55] is True)


def f25(m):
    s = m.state
    return (not (s in K24))


def f26(m):
    s = m.state
    return (s in K34)


def f27(m):
    e = m.episode.values
    return (e[49] in K16)


def f28(m):
    e = m.episode.values
    return (e[48] is not None)


def f29(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (e[48] is False) and ((e[70] is not None and e[70] < K25) or (e[55] is True)))


def f30(m):
    e = m.episode.values
    return (e[59] is True)


def f31(m):
    e = m.episode.values
    s = m.state
    return ((not (s in K24)) or (e[48] is True))


def f32(m):
    s = m.state
    return (s in K36)


def f33(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (e[49] in K6))


def f34(m):
    s = m.state
    return (s in K29)


def f35(m):
    e = m.episode.values
    return (e[60] is True)


def f36(m):
    s = m.state
    return (not (s in K29))


def f37(m):
    s = m.state
    return (s in K37)


def f38(m):
    s = m.state
    return (s in K5)


def f39(m):
    e = m.episode.values
    r = m.report.values
    return (((r[0] is not None) and (r[1] is not None) and (r[2] is not None) and (r[3] is not None) and (r[4] is not None)) and (e[62] is not None and e[62] >= K19))


def f40(m):
    s = m.state
    return (not (s in K31))


def f41(m):
    s = m.state
    return (s in K31)


def f42(m):
    e = m.episode.values
    elo = m.episode.low
    s = m.state
    return ((elo[1] is not None and e[1] < elo[1]) or ((e[65] is True) and (e[1] is None)) or (s in K24))


def f43(m):
    s = m.state
    return (s in K22)


def f44(m):
    e = m.episode.values
    s = m.state
    return ((e[65] is True) or (s in K24))


def f45(m):
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    t0 = (llo[4] is not None and l[4] < llo[4])
    f1 = (llo[4] is not None and l[4] >= llo[4])
    return ((t0 or (l[4] is None) or (not f1)) and (not (s in K22)))


def f46(m):
    r = m.report.values
    rlo = m.report.low
    return ((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4]))


def f47(m):
    r = m.report.values
    return (r[54] is True)


def f48(m):
    e = m.episode.values
    s = m.state
    return (((s in K38) and (e[61] is not None and e[61] >= K25)) or ((s in K24) and (e[70] is not None and e[70] >= K25)))


def f49(m):
    e = m.episode.values
    return ((e[5] is True) and ((e[3] is None) or (e[4] is None)))


def f50(m):
    e = m.episode.values
    elo = m.episode.low
    s = m.state
    return ((s in K38) and (elo[1] is not None and e[1] < elo[1]))


def f51(m):
    e = m.episode.values
    elo = m.episode.low
    s = m.state
    return (((s in K38) and (elo[1] is not None and e[1] < elo[1]) and (elo[0] is not None and e[2] < elo[0]) and (not (elo[3] is not None and e[3] < elo[3])) and (not (elo[4] is not None and e[4] < elo[4]))) or (s in K35))


def f52(m):
    e = m.episode.values
    s = m.state
    return (((s in K21) and (e[41] is None)) and (e[0] is not None) and (e[1] is not None) and (e[2] is not None) and (not (e[11] in K1)))


def f53(m):
    e = m.episode.values
    l = m.latest.values
    s = m.state
    return ((((((e[65] is True) or (e[66] is True) or (s in K23)) and (s in K39)) or (s in K24)) and ((e[7] is None) or (e[8] is None) or (e[9] is None) or (e[10] is None))) or ((s in K31) and ((l[7] is None) or (l[8] is None) or (l[9] is None) or (l[10] is None))))


def f54(m):
    e = m.episode.values
    s = m.state
    return ((not (s in K22)) and ((e[7] is not None) or (e[8] is not None) or (e[9] is not None) or (e[10] is not None)))


def f55(m):
    s = m.state
    return (s in K23)


def f56(m):
    e = m.episode.values
    return ((e[32] is not None) and ((e[32] is not None and e[32] >= K0) or (not (e[33] in K40))))


def f57(m):
    e = m.episode.values
    s = m.state
    return (((e[25] is True) or (e[44] is True) or (e[64] is True)) and (not (s in K41)))


def f58(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    return ((e[69] is True) and ((t0 or (l[1] is None) or (not f1)) or (s in K24)))


def f59(m):
    e = m.episode.values
    return (e[34] is True)


def f60(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    return (((llo[1] is not None and l[1] < llo[1]) or ((e[65] is True) and (e[1] is None)) or (s in K24)) and (not (e[69] is True)))


def f61(m):
    e = m.episode.values
    return (((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (not (e[14] in K15)) and (e[41] is None))


def f62(m):
    e = m.episode.values
    s = m.state
    return (((s in K21) and (e[41] is None)) and ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) and (not ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))))


def f63(m):
    e = m.episode.values
    s = m.state
    return (((s in K26) and (e[41] is None)) or (s in K34))


def f64(m):
    e = m.episode.values
    s = m.state
    t0 = (e[11] in K1)
    return ((s in K21) and (t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))


def f65(m):
    e = m.episode.values
    s = m.state
    t0 = (e[11] in K1)
    return (((s in K21) and (t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))))) or (s in K5))


def f66(m):
    e = m.episode.values
    s = m.state
    t0 = (e[11] in K1)
    return (((s in K42) and (t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))))) or (s in K5))


def f67(m):
    s = m.state
    return (s in K5)


def f68(m):
    e = m.episode.values
    elo = m.episode.low
    ehi = m.episode.high
    s = m.state
    return ((s in K5) or (((s in K23) and (e[72] is True)) and ((elo[2] is not None and (e[0] < elo[2] or (ehi[2] is not None and e[0] > ehi[2]))) or (elo[1] is not None and (e[1] < elo[1] or (ehi[1] is not None and e[1] > ehi[1]))) or (elo[0] is not None and (e[2] < elo[0] or (ehi[0] is not None and e[2] > ehi[0]))) or (elo[3] is not None and (e[3] < elo[3] or (ehi[3] is not None and e[3] > ehi[3]))) or (elo[4] is not None and (e[4] < elo[4] or (ehi[4] is not None and e[4] > ehi[4])))) and (not (elo[2] is not None and e[0] < elo[2]))))


def f69(m):
    e = m.episode.values
    s = m.state
    return ((s in K23) and (e[72] is True))


def f70(m):
    s = m.state
    return (s in K31)


def f71(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (not (e[49] in K8)) and (e[70] is not None and e[70] <= K17))


def f72(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (e[49] in K6) and (e[70] is not None and e[70] >= K17))


def f73(m):
    e = m.episode.values
    s = m.state
    return (((s in K24) and (not (e[49] in K8))) and (e[70] is not None and e[70] >= K17) and (e[71] is not None and e[71] >= K18))


def f74(m):
    e = m.episode.values
    s = m.state
    return (((s in K24) and (not (e[49] in K8))) and (e[70] is not None and e[70] < K17) and (not (e[71] is not None and e[71] < K18)))


def f75(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (e[49] in K6) and (not ((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18))))


def f76(m):
    s = m.state
    return (s in K43)


def f77(m):
    e = m.episode.values
    s = m.state
    return ((s in K29) or (e[60] is True))


def f78(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (not (e[48] is True)))


def f79(m):
    e = m.episode.values
    s = m.state
    return (((s in K44) and (e[43] is None)) or (e[43] in K3))


def f80(m):
    e = m.episode.values
    s = m.state
    return (((s in K21) and (e[41] is None) and ((e[44] is True) or (e[45] is True) or (e[46] is True) or (e[47] is True))) or (e[41] in K45))


def f81(m):
    e = m.episode.values
    s = m.state
    return (((s in K21) and (e[41] is None) and (e[65] is True)) or (s in K5))


def f82(m):
    e = m.episode.values
    s = m.state
    return ((s in K46) and (e[41] is None))


def f83(m):
    e = m.episode.values
    s = m.state
    return (((s in K21) and (e[41] is None) and (e[36] is True)) or (s in K5))


def f84(m):
    e = m.episode.values
    l = m.latest.values
    s = m.state
    return (((s in K21) and (e[41] is None) and (e[35] is True)) or ((s in K5) and (l[35] is True)))


def f85(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    return ((llo[1] is not None and l[1] < llo[1]) or ((e[65] is True) and (e[1] is None)) or (s in K24))


def f86(m):
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    t0 = (llo[4] is not None and l[4] < llo[4])
    f1 = (llo[4] is not None and l[4] >= llo[4])
    return ((t0 or (l[4] is None) or (not f1)) and (not (s in K22)))


def f87(m):
    e = m.episode.values
    l = m.latest.values
    s = m.state
    return (((e[65] is True) or (s in K24) or ((s in K31) and (not (l[54] is True)))) and (((e[61] is not None and e[61] >= K25) and (e[61] is not None and e[61] < K32)) or (s in K47)))


def f88(m):
    e = m.episode.values
    s = m.state
    return ((s in K21) and ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True)))


def f89(m):
    e = m.episode.values
    s = m.state
    return ((s in K38) and ((e[20] is True) or (e[29] is True) or (e[28] is True) or (e[27] is True) or (e[16] is True)))


def f90(m):
    e = m.episode.values
    l = m.latest.values
    llo = m.latest.low
    s = m.state
    t0 = (llo[1] is not None and l[1] < llo[1])
    f1 = (llo[1] is not None and l[1] >= llo[1])
    return ((s in K23) or ((e[69] is True) and ((t0 or (l[1] is None) or (not f1)) or (s in K24))))


def f91(m):
    e = m.episode.values
    s = m.state
    return ((s in K48) and ((e[61] is not None and e[61] >= K25) and (e[61] is not None and e[61] < K32)) and (e[2] is not None))


def f92(m):
    e = m.episode.values
    s = m.state
    return ((s in K48) and ((e[1] is not None and e[1] <= K49) or ((e[1] is not None and e[1] >= K50) and (e[1] is not None and e[1] <= K51))))


def f93(m):
    e = m.episode.values
    elo = m.episode.low
    s = m.state
    return ((s in K48) and (e[0] is not None) and (not (elo[1] is not None and e[1] < elo[1])) and (not (elo[0] is not None and e[2] < elo[0])))


def f94(m):
    e = m.episode.values
    s = m.state
    return ((s in K21) and (e[41] is None) and (((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or ((e[44] is True) or (e[45] is True) or (e[46] is True) or (e[47] is True)) or (s in K26)))


def f95(m):
    e = m.episode.values
    elo = m.episode.low
    s = m.state
    return ((s in K44) or ((s in K21) and ((e[69] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True)) or (e[29] is True) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4]))))


def f96(m):
    e = m.episode.values
    s = m.state
    return ((s in K21) and (not ((e[38] is True) or (e[41] is not None))) and ((e[11] is not None) or (e[57] is True)))


def f97(m):
    e = m.episode.values
    r = m.report.values
    s = m.state
    return ((r[63] is True) or ((r[49] in K8) and (e[49] in K6)) or (((r[12] is not None and r[12] > K2) or (r[13] is not None and r[13] > K2) or (r[15] is True)) and (e[41] in K7)) or ((r[41] in K7) and ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))) or ((e[70] is not None) and (not (s in K24))))


def f98(m):
    e = m.episode.values
    return ((e[14] in K15) or (e[41] in K52))
