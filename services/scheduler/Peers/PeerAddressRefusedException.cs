namespace Causality.Scheduler.Peers;

/// <summary>No peer may be at the address given. Nothing was changed.</summary>
/// <param name="reason">What is wrong, and the setting that would allow it.</param>
public sealed class PeerAddressRefusedException(string reason) : InvalidPeerException("address", reason);
