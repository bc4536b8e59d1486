namespace Causality.Protocol.Server.Limits;

/// <summary>What a route costs us.</summary>
public enum PeerLoad
{
    /// <summary>A look at rows.</summary>
    Light,

    /// <summary>Computing what differs.</summary>
    Diff,

    /// <summary>Sending contents.</summary>
    Download,

    /// <summary>Taking contents in.</summary>
    Upload,
}
