using System.Globalization;
using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Log;

namespace Causality.Storage.Maintenance;

/// <summary>Looks at one segment: is its blob there, is it the one that the row names, is every line valid, does the row tell the truth about it?</summary>
internal sealed class SegmentCheck(SegmentCatalog catalog, ISegmentStore blobs)
{
    /// <summary>A segment cannot change more often than this between two looks.</summary>
    private const int Attempts = 5;

    /// <summary>Checks a segment as it is now; one that has grown since its row was read is checked as it has become.</summary>
    /// <param name="row">Read a moment ago, perhaps while the operator runs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when it is sound.</returns>
    public async Task<SegmentDamage?> RunAsync(SegmentMetadata row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var damage = await LookAsync(row, cancellationToken).ConfigureAwait(false);
            if (damage is null)
                return null;

            // The earlier contents of a growing segment are removed: damage is what stays when the row is read again.
            var now = await catalog.FindAsync(row.Id, cancellationToken).ConfigureAwait(false);
            if (now is null)
                return null;
            if (now.ContentHash == row.ContentHash || attempt == Attempts)
                return damage;
            row = now;
        }
    }

    private async Task<SegmentDamage?> LookAsync(SegmentMetadata row, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            var content = await blobs.OpenAsync(row.ContentHash, cancellationToken).ConfigureAwait(false);
            if (content is null)
                return new SegmentDamage(row, DamageKinds.Missing, $"blob {row.ContentHash} is not in the store");

            await using (content.ConfigureAwait(false))
                bytes = await ReadAsync(content, row.SizeBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StorageUnavailableException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new SegmentDamage(row, DamageKinds.Unreadable, e.Message);
        }

        return Judge(row, bytes);
    }

    private static SegmentDamage? Judge(SegmentMetadata row, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length != row.SizeBytes)
            return new SegmentDamage(row, DamageKinds.WrongSize, $"{row.SizeBytes} bytes expected, {(bytes.Length > row.SizeBytes ? "more" : bytes.Length.ToString(CultureInfo.InvariantCulture))} found");

        try
        {
            var found = LogSegment.ParseVerified(row.Id, row.Origin, bytes, row.ContentHash).Metadata;
            return found == row
                ? null
                : new SegmentDamage(row, DamageKinds.WrongRow, $"the row says {row.EntryCount} entries from {row.StartTimestamp} to {row.EndTimestamp}, the content has {found.EntryCount} from {found.StartTimestamp} to {found.EndTimestamp}");
        }
        catch (ContentHashMismatchException e)
        {
            return new SegmentDamage(row, DamageKinds.WrongHash, $"SHA-256 {e.Expected} expected, {e.Actual} found");
        }
        catch (SegmentInvalidException e)
        {
            return new SegmentDamage(row, DamageKinds.InvalidLines, e.Message);
        }
    }

    // One byte more than the row says is enough to see that there are more.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, long expected, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Clamp(expected, 0, SegmentLimits.MaxBytes) + 1];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return buffer.AsMemory(0, read);
    }
}
