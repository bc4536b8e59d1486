namespace Causality.Protocol.Client.Addresses;

/// <summary>What an IP address is good for.</summary>
internal enum AddressKind
{
    /// <summary>Can be reached from anywhere.</summary>
    Public,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>Somebody's own network.</summary>
    Private,

    /// <summary>The present link only; metadata services of clouds are there.</summary>
    LinkLocal,

    /// <summary>A metadata service of a cloud, which gives its credentials to whoever can ask.</summary>
    Metadata,

    /// <summary>No address of one machine: unspecified, multicast, broadcast.</summary>
    NoHost,

    /// <summary>Set aside for documentation, measurements or the future.</summary>
    Reserved,
}
