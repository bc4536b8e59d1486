using Causality.Contracts.Http.Control;

namespace Causality.Standalone.Commands;

/// <summary>Tells people with which peers only a part of the log is shared: whoever looks at figures would take them for the whole.</summary>
internal static class PeerScopes
{
    /// <summary>One line for each peer that has a scope.</summary>
    public static void Print(IEnumerable<PeerInfo> peers)
    {
        foreach (var peer in peers)
        {
            if (peer.Scope is { Count: > 0 } scope)
                Console.WriteLine($"{peer.PeerId} shares only the segments whose ids begin with {string.Join(" or ", scope)}");
        }
    }
}
