"""The units of the field, as pint reads them.

They load in milliseconds; pint's full table takes a quarter of a second.
"""

DEFINITIONS = """
femto- = 1e-15 = f-
pico- = 1e-12 = p-
nano- = 1e-9 = n-
micro- = 1e-6 = u- = µ-
milli- = 1e-3 = m-
centi- = 1e-2 = c-
kilo- = 1e3 = k-
mega- = 1e6 = M-
giga- = 1e9 = G-
second = [time] = s = sec
metre = [length] = m = meter
kilogram = [mass] = kg
gram = 1e-3 * kilogram
amp = [current] = A = ampere
kelvin = [temperature] = K
mole = [substance] = mol
radian = []
newton = kilogram * metre / second ** 2 = N
joule = newton * metre = J
watt = joule / second = W
coulomb = amp * second = C
volt = joule / coulomb = V
farad = coulomb / volt = F
ohm = volt / amp = Ω
siemens = amp / volt = S
hertz = 1 / second = Hz
molar = mole / (1e-3 * metre ** 3) = M
"""
