"""Captures of one TCP connection, written from its specification: pcap, Ethernet, IPv4, TCP with checksums."""

import struct

CLIENT, SERVER = (bytes((10, 0, 0, 1)), 40000), (bytes((10, 0, 0, 2)), 3333)
SYN, ACK, PUSH = 2, 16, 8
MSS = 1448


class Connection:
    """Both directions, each with its own sequence numbers; what is sent comes out in pcap()."""

    def __init__(self):
        self.packets = []
        self.next = {"client": 1000, "server": 4_294_900_000}  # the second wraps around soon
        self._segment("client", SYN, b"")
        self._segment("server", SYN | ACK, b"")

    def send(self, side, data, size=MSS):
        for at in range(0, len(data), size):
            self._segment(side, ACK | PUSH, data[at:at + size])

    def pcap(self, path):
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
            for number, packet in enumerate(self.packets):
                file.write(struct.pack("<IIII", 1_767_225_600 + number // 1000, number % 1000 * 1000, len(packet), len(packet)))
                file.write(packet)

    def _segment(self, side, flags, data):
        source, target = (CLIENT, SERVER) if side == "client" else (SERVER, CLIENT)
        other = "server" if side == "client" else "client"
        header = struct.pack(">HHIIBBHHH", source[1], target[1], self.next[side] % 2**32,
                             self.next[other] % 2**32, 5 << 4, flags, 65535, 0, 0)
        pseudo = source[0] + target[0] + struct.pack(">BBH", 0, 6, len(header) + len(data))
        tcp = header[:16] + checksum(pseudo + header + data) + header[18:] + data
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0) + source[0] + target[0]
        ip = ip[:10] + checksum(ip) + ip[12:]
        self.packets.append(bytes.fromhex("020000000001020000000002" "0800") + ip + tcp)
        self.next[side] += len(data) + (1 if flags & SYN else 0)


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return struct.pack(">H", ~total & 0xFFFF)
