namespace Causality.Protocol.Server;

/// <summary>What a peer may do here. What is not allowed is refused.</summary>
[Flags]
public enum PeerPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read the log: what a pull of the peer needs.</summary>
    Read = 1,

    /// <summary>Add to the log: what a push of the peer needs.</summary>
    Write = 2,

    /// <summary>Ask for and tell decisions about conflicts.</summary>
    Resolve = 4,
}
