using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>A segment's metadata and its content, open for reading once. Dispose it.</summary>
/// <param name="Metadata">The segment.</param>
/// <param name="Content">Exactly <see cref="SegmentMetadata.SizeBytes"/> bytes, uncompressed.</param>
public sealed record SegmentContent(SegmentMetadata Metadata, Stream Content) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
