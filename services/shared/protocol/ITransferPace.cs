namespace Causality.Protocol;

/// <summary>Keeps what goes to and from a peer under a limit. Shared by all streams of that peer; thread-safe.</summary>
public interface ITransferPace
{
    /// <summary>Waits until so many more bytes may pass.</summary>
    /// <param name="bytes">From 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask TakeAsync(int bytes, CancellationToken cancellationToken);
}
