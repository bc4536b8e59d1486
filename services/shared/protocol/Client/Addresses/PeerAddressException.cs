namespace Causality.Protocol.Client.Addresses;

/// <summary>No peer may have this address. Not worth a retry: a person corrects the address, or a setting.</summary>
/// <param name="message">The address, why not, and the setting that would allow it.</param>
public sealed class PeerAddressException(string message) : Exception(message);
