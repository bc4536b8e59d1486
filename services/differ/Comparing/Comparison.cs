using Causality.Contracts;
using Causality.Protocol;
using Causality.Storage.Log.Sharing;

namespace Causality.Differ.Comparing;

/// <summary>What is to be compared.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Settings">The settings of the sync: which way, how old, with a comparison at all.</param>
/// <param name="Info">What the peer has just said of itself.</param>
/// <param name="Ours">The part of our log that both sides share with each other.</param>
/// <param name="LocalRoot">Its root fingerprint.</param>
public sealed record Comparison(PeerEndpoint Peer, SyncSettings Settings, PeerInfo Info, SharedLog Ours, string LocalRoot)
{
    /// <summary>True when the roots were equal, at the moment when the peer answered.</summary>
    public bool InSync => LocalRoot == Info.Root;

    /// <summary>True when segments come in.</summary>
    public bool Pulls => Settings.Mode is SyncMode.Pull or SyncMode.Both;

    /// <summary>True when segments go out.</summary>
    public bool Pushes => Settings.Mode is SyncMode.Push or SyncMode.Both;
}
