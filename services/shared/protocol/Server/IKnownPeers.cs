namespace Causality.Protocol.Server;

/// <summary>Who may come in by the peers' door.</summary>
public interface IKnownPeers
{
    /// <summary>Finds the enabled peer that a key belongs to.</summary>
    /// <param name="pin">SHA-256 of the key, 64 lower-case hex digits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when no enabled peer has that key.</returns>
    ValueTask<KnownPeer?> FindByPinAsync(string pin, CancellationToken cancellationToken);
}
