"""Written by `make generated` from the definition; not to be edited."""

# mypy: ignore-errors

from decimal import Decimal

K1 = ('pathologist', 'haematologist',)
K2 = Decimal('0')
K3 = ('positive',)
K6 = ('rearranged',)
K7 = ('benign',)
K8 = ('germline',)
K9 = ('all',)
K10 = ('lymphoid',)
K11 = Decimal('20')
K12 = Decimal('1000')
K14 = ('cml', 'hlh', 'aml', 'other_malignancy',)
K15 = ('myeloid', 'mixed',)
K16 = ('germline', 'rearranged',)
K17 = Decimal('6')
K18 = Decimal('300')
K20 = ('all', 'cml', 'hlh', 'aml', 'other_malignancy',)


def f0(m):
    e = m.episode.values
    return ((e[66] is False) or ((e[38] is True) or (e[41] is not None)))


def f1(m):
    e = m.episode.values
    return ((e[65] is False) or (e[66] is True) or ((e[38] is True) or (e[41] is not None)))


def f2(m):
    e = m.episode.values
    return ((e[65] is True) or (e[66] is True) or (e[41] is not None))


def f3(m):
    return False


def f4(m):
    e = m.episode.values
    return (((e[15] is True) or ((e[12] is not None and e[12] > K2) and (e[13] is not None and e[13] > K2)) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))) or (e[66] is True) or ((e[38] is True) or (e[41] is not None)))


def f5(m):
    return False


def f6(m):
    e = m.episode.values
    return (((e[15] is True) or ((e[12] is not None and e[12] > K2) and (e[13] is not None and e[13] > K2)) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))) or ((e[31] is False) or (e[18] is True) or (e[19] is True) or (e[20] is True) or (e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True) or (e[25] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or (e[66] is True) or ((e[38] is True) or (e[41] is not None)))


def f7(m):
    e = m.episode.values
    return (((e[15] is True) or ((e[12] is not None and e[12] > K2) and (e[13] is not None and e[13] > K2)) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))) or ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))) or ((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))))


def f8(m):
    e = m.episode.values
    return ((e[41] is not None and e[41] not in K9) and (((e[14] is not None and e[14] not in K10) or ((e[12] is not None and e[12] < K11) and (e[13] is not None and e[13] < K12))) or (e[41] is not None) or (e[43] in K3)))


def f9(m):
    e = m.episode.values
    return (((e[41] is not None and e[41] not in K14) and (((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))) or (e[41] is not None) or ((e[43] is not None and e[43] not in K3) and (((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2)) or (e[14] is not None and e[14] not in K15))))) or ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))))


def f10(m):
    e = m.episode.values
    return ((e[41] is not None and e[41] not in K14) and (((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))) or (e[41] is not None) or ((e[43] is not None and e[43] not in K3) and (((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2)) or (e[14] is not None and e[14] not in K15)))))


def f11(m):
    e = m.episode.values
    return (e[41] is not None and e[41] not in K7)


def f12(m):
    e = m.episode.values
    return ((((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K7)) or (e[49] is not None and e[49] not in K16))


def f13(m):
    e = m.episode.values
    return ((((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K7)) or (e[49] is not None and e[49] not in K8))


def f14(m):
    e = m.episode.values
    return ((((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K7)) or (e[49] is not None and e[49] not in K6))


def f15(m):
    e = m.episode.values
    return ((((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K7)) or (e[49] is not None and e[49] not in K6) or (((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) and (e[52] is False)))


def f16(m):
    e = m.episode.values
    return ((((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K7)) or (e[49] is not None and e[49] not in K6) or ((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18)) or (e[52] is True))


def f17(m):
    e = m.episode.values
    return ((((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K7)) or (((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) and (e[52] is False)))


def f18(m):
    e = m.episode.values
    return (e[66] is True)


def f19(m):
    e = m.episode.values
    return (e[66] is True)


def f20(m):
    e = m.episode.values
    return ((e[66] is False) and (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))) and ((e[41] is not None and e[41] not in K9) and (((e[14] is not None and e[14] not in K10) or ((e[12] is not None and e[12] < K11) and (e[13] is not None and e[13] < K12))) or (e[41] is not None) or (e[43] in K3))) and ((e[41] is not None and e[41] not in K14) and (((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))) or (e[41] is not None) or ((e[43] is not None and e[43] not in K3) and (((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2)) or (e[14] is not None and e[14] not in K15))))) and (e[41] is not None and e[41] not in K20))


def f21(m):
    e = m.episode.values
    return (e[66] is True)


def f22(m):
    e = m.episode.values
    return ((e[66] is True) or ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))) or ((e[41] in K14) or ((not ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K20))


def f23(m):
    e = m.episode.values
    return ((e[66] is False) and ((e[41] is not None and e[41] not in K9) and (((e[14] is not None and e[14] not in K10) or ((e[12] is not None and e[12] < K11) and (e[13] is not None and e[13] < K12))) or (e[41] is not None) or (e[43] in K3))) and ((e[41] is not None and e[41] not in K14) and (((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3)))) or (e[41] is not None) or ((e[43] is not None and e[43] not in K3) and (((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2)) or (e[14] is not None and e[14] not in K15))))) and (e[41] is not None and e[41] not in K20))
