using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Scheduler.Peers;

namespace Causality.Scheduler.Discovery;

/// <summary>Peers listed in a JSON file. Its change is noticed at the next round, by reading it: no watcher misses a file that a mount or an editor replaces.</summary>
/// <param name="path">The file; at most 1 MiB.</param>
public sealed class FilePeerDiscovery(string path) : IPeerDiscovery
{
    private const long MaxBytes = 1024 * 1024;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    };

    /// <inheritdoc/>
    public string Source => $"file {path}";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PeerRequest>> GetPeersAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxBytes)
                throw new PeerDiscoveryException($"{path} is {file.Length} bytes; a list of peers has at most {MaxBytes}.");

            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            var peers = JsonSerializer.Deserialize<List<PeerRequest?>>(bytes, Json) ?? [];
            if (peers.Count > PeerCatalog.MaxPeers)
                throw new PeerDiscoveryException($"{path} lists {peers.Count} peers; the most is {PeerCatalog.MaxPeers}.");
            return peers.Contains(null) ? throw new PeerDiscoveryException($"{path}: element {peers.IndexOf(null)} is null; write {{\"id\":…,\"address\":…,\"pins\":[…]}}.") : [.. peers.OfType<PeerRequest>()];
        }
        catch (JsonException exception)
        {
            throw new PeerDiscoveryException($"{path}, line {exception.LineNumber + 1}: not a JSON list of peers ({Printable.Shorten(exception.Path)}); write [{{\"id\":…,\"address\":…,\"pins\":[…]}}].", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PeerDiscoveryException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
