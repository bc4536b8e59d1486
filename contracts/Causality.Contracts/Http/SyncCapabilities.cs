namespace Causality.Contracts.Http;

/// <summary>Optional parts of the peer protocol, as <see cref="PeerInfoAnswer.Capabilities"/> names them.</summary>
public static class SyncCapabilities
{
    /// <summary>The routes below <see cref="SyncRoutes.Reconcile"/> that find scattered differences by symbols (a rateless IBLT), and give metadata by item.</summary>
    public const string Symbols = "symbols";
}
