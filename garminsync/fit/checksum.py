"""The checksum of FIT files (CRC-16 with the polynomial 0xA001), made of large files as fast as of small ones."""

PERIOD = 32_767  # this many bits on, a bit counts for the checksum as it does here
POLYNOMIAL = 0xA001


def _of_byte(crc: int) -> int:
    for _ in range(8):
        crc = crc >> 1 ^ (POLYNOMIAL if crc & 1 else 0)
    return crc


OF_BYTE = [_of_byte(byte) for byte in range(256)]


def checksum(data: bytes) -> int:
    crc = 0
    for byte in _folded(data) if len(data) > PERIOD // 4 else data:
        crc = crc >> 8 ^ OF_BYTE[(crc ^ byte) & 0xFF]
    return crc


def _folded(data: bytes) -> bytes:
    """4 kB with the same checksum: what is a period apart is laid upon each other, from the end of the data. As many
    bytes as a period has bits are eight periods; zeros before the data change nothing."""
    bits = 0
    for end in range(len(data), 0, -PERIOD):
        bits ^= int.from_bytes(data[max(end - PERIOD, 0) : end].rjust(PERIOD, b"\0"), "little")
    period = (1 << PERIOD) - 1
    folded = 0
    while bits:
        folded ^= bits & period
        bits >>= PERIOD
    return (folded << 1).to_bytes((PERIOD + 1) // 8, "little")
