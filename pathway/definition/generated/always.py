"""Written by `make generated` from the definition; not to be edited."""

# mypy: ignore-errors

from decimal import Decimal

K0 = Decimal('38.0')
K1 = ('pathologist', 'haematologist',)
K2 = Decimal('0')
K3 = ('positive',)
K4 = Decimal('38.3')
K5 = frozenset(('follow_up',))
K6 = ('rearranged',)
K7 = ('benign',)
K8 = ('germline',)
K9 = ('all',)
K10 = ('lymphoid',)
K11 = Decimal('20')
K12 = Decimal('1000')
K13 = ('haematologist',)
K14 = ('cml', 'hlh', 'aml', 'other_malignancy',)
K15 = ('myeloid', 'mixed',)
K16 = ('germline', 'rearranged',)
K17 = Decimal('6')
K18 = Decimal('300')
K19 = Decimal('7')
K20 = ('all', 'cml', 'hlh', 'aml', 'other_malignancy',)
K21 = frozenset(('exam', 'initial_labs', 'referral', 'smear', 'specialist_workup',))
K22 = frozenset(('outside_pathway', 'resolved',))
K23 = frozenset(('referral',))
K24 = frozenset(('confirmed_all', 'high_risk', 'intermediate_risk', 'kmt2a_stratification', 'standard_risk',))
K25 = Decimal('12')
K26 = frozenset(('specialist_workup',))
K27 = frozenset(('high_risk', 'intermediate_risk', 'standard_risk',))
K28 = ('tbi_based',)
K29 = frozenset(('high_risk',))
K30 = frozenset(('outside_pathway', 'specialist_pathway',))
K31 = frozenset(('follow_up', 'resolved',))


def f0(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    s = m.state
    if e[64] is not True:
        if (e[32] is not None and e[32] >= K0):
            e[64] = True; m.latched.append(64); m.met_on[64] = m.day
        else: e[64] = False if (e[32] is not None and e[32] < K0) else None
    elif m.met_on[64] != m.day and (r[32] is not None) and (e[32] is not None and e[32] >= K0): m.met_on[64] = m.day
    if e[65] is not True:
        if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])):
            e[65] = True; m.latched.append(65); m.met_on[65] = m.day
        else: e[65] = False if ((elo[2] is not None and e[0] >= elo[2]) and (elo[1] is not None and e[1] >= elo[1]) and (elo[0] is not None and e[2] >= elo[0]) and (elo[3] is not None and e[3] >= elo[3]) and (elo[4] is not None and e[4] >= elo[4])) else None
    elif m.met_on[65] != m.day and (r[2] is not None or r[1] is not None or r[3] is not None or r[4] is not None or r[0] is not None) and ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])): m.met_on[65] = m.day
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    if e[69] is not True:
        if ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)):
            e[69] = True; m.latched.append(69); m.met_on[69] = m.day
        else: e[69] = False if ((r[32] is not None and r[32] < K4) and ((e[67] is False) or (r[32] is not None and r[32] < K0)) and (r[34] is False)) else None
    elif m.met_on[69] != m.day and (r[34] is not None or r[32] is not None) and ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)): m.met_on[69] = m.day
    if e[72] is not True:
        if (s in K5):
            e[72] = True; m.latched.append(72); m.met_on[72] = m.day
        else: e[72] = False if (not (s in K5)) else None
    return None


def f1(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[65] is not True:
        if ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])):
            e[65] = True; m.latched.append(65); m.met_on[65] = m.day
        else: e[65] = False if ((elo[2] is not None and e[0] >= elo[2]) and (elo[1] is not None and e[1] >= elo[1]) and (elo[0] is not None and e[2] >= elo[0]) and (elo[3] is not None and e[3] >= elo[3]) and (elo[4] is not None and e[4] >= elo[4])) else None
    elif m.met_on[65] != m.day and (r[2] is not None or r[1] is not None or r[3] is not None or r[4] is not None or r[0] is not None) and ((elo[2] is not None and e[0] < elo[2]) or (elo[1] is not None and e[1] < elo[1]) or (elo[0] is not None and e[2] < elo[0]) or (elo[3] is not None and e[3] < elo[3]) or (elo[4] is not None and e[4] < elo[4])): m.met_on[65] = m.day
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    return None


def f2(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    return None


def f3(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    return None


def f4(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    return None


def f5(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[64] is not True:
        if (e[32] is not None and e[32] >= K0):
            e[64] = True; m.latched.append(64); m.met_on[64] = m.day
        else: e[64] = False if (e[32] is not None and e[32] < K0) else None
    elif m.met_on[64] != m.day and (r[32] is not None) and (e[32] is not None and e[32] >= K0): m.met_on[64] = m.day
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    if e[69] is not True:
        if ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)):
            e[69] = True; m.latched.append(69); m.met_on[69] = m.day
        else: e[69] = False if ((r[32] is not None and r[32] < K4) and ((e[67] is False) or (r[32] is not None and r[32] < K0)) and (r[34] is False)) else None
    elif m.met_on[69] != m.day and (r[34] is not None or r[32] is not None) and ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)): m.met_on[69] = m.day
    return None


def f6(m):
    e = m.episode.values
    r = m.report.values
    if e[69] is not True:
        if ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)):
            e[69] = True; m.latched.append(69); m.met_on[69] = m.day
        else: e[69] = False if ((r[32] is not None and r[32] < K4) and ((e[67] is False) or (r[32] is not None and r[32] < K0)) and (r[34] is False)) else None
    elif m.met_on[69] != m.day and (r[34] is not None or r[32] is not None) and ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)): m.met_on[69] = m.day
    return None


def f7(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    return None


def f8(m):
    e = m.episode.values
    elo = m.episode.low
    r = m.report.values
    if e[66] is not True:
        if ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))):
            e[66] = True; m.latched.append(66); m.met_on[66] = m.day
        else: e[66] = False if ((((elo[1] is not None and e[1] >= elo[1]) + (elo[0] is not None and e[2] >= elo[0]) + (elo[3] is not None and e[3] >= elo[3]) + (elo[4] is not None and e[4] >= elo[4])) >= 3) and ((e[17] is False) and ((e[11] is not None and e[11] not in K1) or ((e[12] is not None and e[12] <= K2) and (e[13] is not None and e[13] <= K2) and (e[15] is False)))) and (e[43] is not None and e[43] not in K3) and ((e[65] is False) or (((e[25] is False) and (e[44] is False) and (e[64] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and ((e[18] is False) and (e[19] is False)) and (e[20] is False) and ((e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False))))) else None
    elif m.met_on[66] != m.day and (r[2] is not None or r[1] is not None or r[43] is not None or r[13] is not None or r[17] is not None or r[12] is not None or r[29] is not None or r[22] is not None or r[28] is not None or r[25] is not None or r[3] is not None or r[19] is not None or r[15] is not None or r[20] is not None or r[23] is not None or r[24] is not None or r[44] is not None or r[21] is not None or r[4] is not None or r[27] is not None or r[11] is not None or r[18] is not None or r[32] is not None or r[0] is not None or r[26] is not None) and ((((elo[1] is not None and e[1] < elo[1]) + (elo[0] is not None and e[2] < elo[0]) + (elo[3] is not None and e[3] < elo[3]) + (elo[4] is not None and e[4] < elo[4])) >= 2) or ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))) or (e[43] in K3) or ((e[65] is True) and (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))))): m.met_on[66] = m.day
    return None


def f9(m):
    e = m.episode.values
    r = m.report.values
    if e[69] is not True:
        if ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)):
            e[69] = True; m.latched.append(69); m.met_on[69] = m.day
        else: e[69] = False if ((r[32] is not None and r[32] < K4) and ((e[67] is False) or (r[32] is not None and r[32] < K0)) and (r[34] is False)) else None
    elif m.met_on[69] != m.day and (r[34] is not None or r[32] is not None) and ((r[32] is not None and r[32] >= K4) or ((e[67] is True) and (r[32] is not None and r[32] >= K0)) or (r[34] is True)): m.met_on[69] = m.day
    return None


def f10(m):
    r = m.report.values
    return (1 if (r[63] is True) else 0)


def f11(m):
    e = m.episode.values
    r = m.report.values
    return (4 if (((r[12] is not None and r[12] > K2) or (r[13] is not None and r[13] > K2) or (r[15] is True)) and (e[41] in K7)) else 0)


def f12(m):
    e = m.episode.values
    r = m.report.values
    return (8 if ((r[41] in K7) and ((e[17] is True) or ((e[11] in K1) and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True))))) else 0)


def f13(m):
    e = m.episode.values
    r = m.report.values
    return (2 if ((r[49] in K8) and (e[49] in K6)) else 0)


def f14(m):
    e = m.episode.values
    return ((e[66] is True) and (not ((e[38] is True) or (e[41] is not None))))


def f15(m):
    e = m.episode.values
    return ((e[65] is True) and (not (e[66] is True)) and (not ((e[38] is True) or (e[41] is not None))))


def f16(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    t0 = (rlo[2] is not None and r[0] < rlo[2])
    f1 = (rlo[2] is not None and r[0] >= rlo[2])
    t2 = (rlo[1] is not None and r[1] < rlo[1])
    f3 = (rlo[1] is not None and r[1] >= rlo[1])
    t4 = (rlo[0] is not None and r[2] < rlo[0])
    f5 = (rlo[0] is not None and r[2] >= rlo[0])
    return ((f1 and f3 and f5) and (not (t0 or t2 or t4 or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4]))) and (not (e[65] is True)) and (not (e[66] is True)) and (e[41] is None))


def f17(m):
    e = m.episode.values
    return (((e[38] is True) or (e[41] is not None)) and ((e[65] is True) or (e[66] is True) or (e[41] is not None)))


def f18(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return ((t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and (not (e[66] is True)) and (not ((e[38] is True) or (e[41] is not None))))


def f19(m):
    e = m.episode.values
    return ((e[38] is True) or (e[41] is not None))


def f20(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return ((t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and ((e[31] is True) and (e[18] is False) and (e[19] is False) and (e[20] is False) and (e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False) and (e[25] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and (not (e[66] is True)) and (not ((e[38] is True) or (e[41] is not None))))


def f21(m):
    e = m.episode.values
    r = m.report.values
    t0 = (e[11] in K1)
    t2 = ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    return ((r[39] in K13) and (t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and (not t2) and (not ((e[41] in K14) or ((not t2) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and ((not (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True)))) or (r[40] is not None)))


def f22(m):
    e = m.episode.values
    return ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))


def f23(m):
    e = m.episode.values
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return (((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) and (not t0))


def f24(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))


def f25(m):
    e = m.episode.values
    return (e[41] in K7)


def f26(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K16))


def f27(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K8))


def f28(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K6))


def f29(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K6) and (((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18)) or (e[52] is True)))


def f30(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K6) and ((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) and (e[52] is False))


def f31(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18)) or (e[52] is True)))


def f32(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    rhi = m.report.high
    return ((e[62] is not None and e[62] >= K19) and ((rlo[2] is not None and rlo[2] <= r[0] and (rhi[2] is None or r[0] <= rhi[2])) and (rlo[1] is not None and rlo[1] <= r[1] and (rhi[1] is None or r[1] <= rhi[1])) and (rlo[0] is not None and rlo[0] <= r[2] and (rhi[0] is None or r[2] <= rhi[0])) and (rlo[3] is not None and rlo[3] <= r[3] and (rhi[3] is None or r[3] <= rhi[3])) and (rlo[4] is not None and rlo[4] <= r[4] and (rhi[4] is None or r[4] <= rhi[4]))) and (not (e[66] is True)))


def f33(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    rhi = m.report.high
    return ((e[62] is not None and e[62] >= K19) and ((rlo[2] is not None and (r[0] < rlo[2] or (rhi[2] is not None and r[0] > rhi[2]))) or (rlo[1] is not None and (r[1] < rlo[1] or (rhi[1] is not None and r[1] > rhi[1]))) or (rlo[0] is not None and (r[2] < rlo[0] or (rhi[0] is not None and r[2] > rhi[0]))) or (rlo[3] is not None and (r[3] < rlo[3] or (rhi[3] is not None and r[3] > rhi[3]))) or (rlo[4] is not None and (r[4] < rlo[4] or (rhi[4] is not None and r[4] > rhi[4])))) and (not (e[66] is True)))


def f34(m):
    e = m.episode.values
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return ((e[66] is True) or (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))) or t0 or ((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K20))


def f35(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    return (((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4])) and (not (e[66] is True)))


def f36(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return (((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4])) and (not (e[66] is True)) and (not t0) and (not ((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K20)))


def f37(m):
    e = m.episode.values
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return ((e[66] is True) or t0 or ((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K20))


def f38(m):
    r = m.report.values
    return (r[11] in K1)


def f39(m):
    r = m.report.values
    return ((r[12] is not None and r[12] > K2) or (r[13] is not None and r[13] > K2) or (r[15] is True))


def f40(m):
    r = m.report.values
    return ((r[12] is not None) or (r[13] is not None) or (r[15] is not None))


def f41(m):
    e = m.episode.values
    return ((e[66] is True) and (not ((e[38] is True) or (e[41] is not None))))


def f42(m):
    e = m.episode.values
    return ((e[65] is True) and (not (e[66] is True)) and (not ((e[38] is True) or (e[41] is not None))))


def f43(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    t0 = (rlo[2] is not None and r[0] < rlo[2])
    f1 = (rlo[2] is not None and r[0] >= rlo[2])
    t2 = (rlo[1] is not None and r[1] < rlo[1])
    f3 = (rlo[1] is not None and r[1] >= rlo[1])
    t4 = (rlo[0] is not None and r[2] < rlo[0])
    f5 = (rlo[0] is not None and r[2] >= rlo[0])
    return ((f1 and f3 and f5) and (not (t0 or t2 or t4 or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4]))) and (not (e[65] is True)) and (not (e[66] is True)) and (e[41] is None))


def f44(m):
    e = m.episode.values
    return (((e[38] is True) or (e[41] is not None)) and ((e[65] is True) or (e[66] is True) or (e[41] is not None)))


def f45(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return ((t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and (not (e[66] is True)) and (not ((e[38] is True) or (e[41] is not None))))


def f46(m):
    e = m.episode.values
    return ((e[38] is True) or (e[41] is not None))


def f47(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return ((t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and ((e[31] is True) and (e[18] is False) and (e[19] is False) and (e[20] is False) and (e[21] is False) and (e[22] is False) and (e[23] is False) and (e[24] is False) and (e[25] is False) and (e[26] is False) and (e[27] is False) and (e[28] is False) and (e[29] is False)) and (not (e[66] is True)) and (not ((e[38] is True) or (e[41] is not None))))


def f48(m):
    e = m.episode.values
    r = m.report.values
    t0 = (e[11] in K1)
    t2 = ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    return ((r[39] in K13) and (t0 and (e[15] is False) and ((e[12] is not None and e[12] <= K2) or (e[13] is not None and e[13] <= K2)) and (not ((e[17] is True) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2) or (e[15] is True)))))) and (not t2) and (not ((e[41] in K14) or ((not t2) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and ((not (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True)))) or (r[40] is not None)))


def f49(m):
    e = m.episode.values
    return ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))


def f50(m):
    e = m.episode.values
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return (((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) and (not t0))


def f51(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))


def f52(m):
    e = m.episode.values
    return (e[41] in K7)


def f53(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K16))


def f54(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K8))


def f55(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K6))


def f56(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K6) and (((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18)) or (e[52] is True)))


def f57(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (e[49] in K6) and ((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) and (e[52] is False))


def f58(m):
    e = m.episode.values
    t0 = (e[11] in K1)
    return (((not ((e[41] in K14) or ((not ((e[41] in K9) or ((t0 and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))) and (e[41] is None) and ((e[43] in K3) or (t0 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K7))) and (((e[70] is not None and e[70] < K17) and (e[71] is not None and e[71] >= K18)) or (e[52] is True)))


def f59(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    rhi = m.report.high
    return ((e[62] is not None and e[62] >= K19) and ((rlo[2] is not None and rlo[2] <= r[0] and (rhi[2] is None or r[0] <= rhi[2])) and (rlo[1] is not None and rlo[1] <= r[1] and (rhi[1] is None or r[1] <= rhi[1])) and (rlo[0] is not None and rlo[0] <= r[2] and (rhi[0] is None or r[2] <= rhi[0])) and (rlo[3] is not None and rlo[3] <= r[3] and (rhi[3] is None or r[3] <= rhi[3])) and (rlo[4] is not None and rlo[4] <= r[4] and (rhi[4] is None or r[4] <= rhi[4]))) and (not (e[66] is True)))


def f60(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    rhi = m.report.high
    return ((e[62] is not None and e[62] >= K19) and ((rlo[2] is not None and (r[0] < rlo[2] or (rhi[2] is not None and r[0] > rhi[2]))) or (rlo[1] is not None and (r[1] < rlo[1] or (rhi[1] is not None and r[1] > rhi[1]))) or (rlo[0] is not None and (r[2] < rlo[0] or (rhi[0] is not None and r[2] > rhi[0]))) or (rlo[3] is not None and (r[3] < rlo[3] or (rhi[3] is not None and r[3] > rhi[3]))) or (rlo[4] is not None and (r[4] < rlo[4] or (rhi[4] is not None and r[4] > rhi[4])))) and (not (e[66] is True)))


def f61(m):
    e = m.episode.values
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return ((e[66] is True) or (((e[25] is True) or (e[44] is True) or (e[64] is True) or (e[26] is True) or (e[27] is True) or (e[28] is True) or (e[29] is True)) or ((e[18] is True) or (e[19] is True)) or (e[20] is True) or ((e[21] is True) or (e[22] is True) or (e[23] is True) or (e[24] is True))) or t0 or ((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K20))


def f62(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    return (((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4])) and (not (e[66] is True)))


def f63(m):
    e = m.episode.values
    r = m.report.values
    rlo = m.report.low
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return (((rlo[2] is not None and r[0] < rlo[2]) or (rlo[1] is not None and r[1] < rlo[1]) or (rlo[0] is not None and r[2] < rlo[0]) or (rlo[3] is not None and r[3] < rlo[3]) or (rlo[4] is not None and r[4] < rlo[4])) and (not (e[66] is True)) and (not t0) and (not ((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15)))))) and (not (e[41] in K20)))


def f64(m):
    e = m.episode.values
    t0 = ((e[41] in K9) or (((e[11] in K1) and (e[14] in K10) and ((e[12] is not None and e[12] >= K11) or (e[13] is not None and e[13] >= K12))) and ((e[38] is True) or (e[41] is not None)) and (e[41] is None) and (not (e[43] in K3))))
    t4 = (e[11] in K1)
    return ((e[66] is True) or t0 or ((e[41] in K14) or ((not t0) and (e[41] is None) and ((e[43] in K3) or (t4 and ((e[12] is not None and e[12] > K2) or (e[13] is not None and e[13] > K2)) and (e[14] in K15))))) or (e[41] in K20))


def f65(m):
    e = m.episode.values
    return (not ((e[38] is True) or (e[41] is not None)))


def f66(m):
    e = m.episode.values
    return ((e[38] is True) or (e[41] is not None))


def f67(m):
    s = m.state
    return (s in K21)


def f68(m):
    e = m.episode.values
    a = m.active
    return ((not (e[69] is True)) and (not (a >> 0 & 1 == 1)))


def f69(m):
    e = m.episode.values
    a = m.active
    return ((e[69] is True) or (a >> 0 & 1 == 1))


def f70(m):
    e = m.episode.values
    s = m.state
    return ((not (s in K22)) and (not (e[56] is True)))


def f71(m):
    a = m.active
    return (a >> 26 & 1 == 1)


def f72(m):
    l = m.latest.values
    a = m.active
    return ((l[54] is True) and (not (a >> 26 & 1 == 1)))


def f73(m):
    return True


def f74(m):
    a = m.active
    return (a >> 25 & 1 == 1)


def f75(m):
    e = m.episode.values
    s = m.state
    return (((e[66] is True) or (s in K23)) and (not ((e[38] is True) or (e[41] is not None))))


def f76(m):
    e = m.episode.values
    s = m.state
    a = m.active
    return (((s in K21) and (not ((e[11] in K1) and ((e[12] is not None) or (e[13] is not None) or (e[15] is not None))))) or ((a >> 2 & 1 == 1) or (a >> 3 & 1 == 1)) or (s in K23))


def f77(m):
    s = m.state
    a = m.active
    return ((s in K5) and ((not (a >> 2 & 1 == 1)) and (not (a >> 3 & 1 == 1))))


def f78(m):
    e = m.episode.values
    s = m.state
    return ((not (s in K24)) or (e[48] is None) or ((e[70] is not None and e[70] >= K25) and (not (e[55] is True))))


def f79(m):
    e = m.episode.values
    s = m.state
    return ((s in K24) and (e[48] is False) and ((e[70] is not None and e[70] < K25) or (e[55] is True)))


def f80(m):
    s = m.state
    return ((s in K24) or (s in K26))


def f81(m):
    s = m.state
    return (not (s in K27))


def f82(m):
    s = m.state
    return (s in K27)


def f83(m):
    e = m.episode.values
    return ((e[49] in K8) or ((e[49] in K6) and ((e[70] is not None and e[70] >= K17) or (e[71] is not None and e[71] < K18)) and (e[52] is False)))


def f84(m):
    s = m.state
    return (s in K24)


def f85(m):
    r = m.report.values
    return (r[53] in K28)


def f86(m):
    e = m.episode.values
    return (e[61] is not None and e[61] < K17)


def f87(m):
    e = m.episode.values
    s = m.state
    return ((s in K29) and (e[61] is not None and e[61] >= K17))


def f88(m):
    s = m.state
    a = m.active
    return ((not (s in K30)) or ((a >> 0 & 1 == 1) or (a >> 1 & 1 == 1) or (a >> 2 & 1 == 1) or (a >> 3 & 1 == 1)))


def f89(m):
    s = m.state
    a = m.active
    return ((s in K30) and ((not (a >> 0 & 1 == 1)) and (not (a >> 1 & 1 == 1)) and (not (a >> 2 & 1 == 1)) and (not (a >> 3 & 1 == 1))))


def f90(m):
    s = m.state
    return (s in K31)
