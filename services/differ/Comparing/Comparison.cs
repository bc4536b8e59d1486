using Causality.Contracts;
using Causality.Protocol;

namespace Causality.Differ.Comparing;

/// <summary>What is to be compared.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Settings">The settings of the sync: which way, how old, with a comparison at all.</param>
/// <param name="Info">What the peer has just said of itself.</param>
public sealed record Comparison(PeerEndpoint Peer, SyncSettings Settings, PeerInfo Info)
{
    /// <summary>True when segments come in.</summary>
    public bool Pulls => Settings.Mode is SyncMode.Pull or SyncMode.Both;

    /// <summary>True when segments go out.</summary>
    public bool Pushes => Settings.Mode is SyncMode.Push or SyncMode.Both;
}
