// WebTorrent asks for WebRTC at import; this lab has TCP peers on loopback only.
class Absent { constructor () { throw new Error('no WebRTC here') } }
export const RTCPeerConnection = Absent
export const RTCSessionDescription = Absent
export const RTCIceCandidate = Absent
export const RTCDataChannel = Absent
export const RTCIceTransport = Absent
export const RTCSctpTransport = Absent
export const RTCDtlsTransport = Absent
export const RTCCertificate = Absent
export const MediaStream = Absent
export default { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate }
