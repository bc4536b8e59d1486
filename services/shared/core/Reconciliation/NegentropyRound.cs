namespace Causality.Core.Reconciliation;

/// <summary>Reads one message and writes the next: the part of the protocol that both roles share. Used once.</summary>
/// <param name="set">Our items; they must not change meanwhile.</param>
/// <param name="frameLimit">Longest message to write, in bytes; 0 for no limit.</param>
/// <param name="findings">Where the client keeps what it learns; null in the server role.</param>
internal sealed class NegentropyRound(IReconciliationSet set, int frameLimit, NegentropyFindings? findings)
{
    private readonly WireWriter _output = new();
    private BoundWriter _bounds;
    private bool _isSkipping;

    /// <summary>The client's first message.</summary>
    public byte[] Begin()
    {
        _output.WriteByte(NegentropyLimits.Version);
        Split(0, set.Count, ReconciliationRange.Everything);
        return _output.ToArray();
    }

    /// <summary>The answer to a message; one byte long when nothing is left to say.</summary>
    /// <exception cref="ProtocolViolationException">The message is not one.</exception>
    public byte[] Answer(ReadOnlySpan<byte> message)
    {
        var input = new WireReader(message);
        _output.WriteByte(NegentropyLimits.Version);
        if (!SpeaksOurVersion(ref input))
            return _output.ToArray();

        var (bounds, lower, lowerBound) = (new BoundReader(), 0, ReconciliationBound.Start);
        while (!input.IsAtEnd)
        {
            var range = new ReconciliationRange(lowerBound, bounds.Read(ref input));
            var upper = set.LowerBound(range.Upper);
            if (!AnswerRange(ref input, lower, upper, range))
                break;
            (lower, lowerBound) = (upper, range.Upper);
        }

        return _output.ToArray();
    }

    /// <summary>A client gives up when the server speaks no version 1; a server says which version it speaks, and the client decides.</summary>
    private bool SpeaksOurVersion(ref WireReader input)
    {
        var version = input.ReadByte("version");
        if (version is < 0x60 or > 0x6F)
            throw new ProtocolViolationException($"version: 0x{version:x2} is no version of Negentropy; 0x{NegentropyLimits.Version:x2} is version 1.");
        if (version != NegentropyLimits.Version && findings is not null)
            throw new ProtocolViolationException($"version: the peer speaks version {version - 0x60} of Negentropy, not 1.");
        return version == NegentropyLimits.Version;
    }

    /// <summary>False when the frame is full and the rest of the set has been put off.</summary>
    private bool AnswerRange(ref WireReader input, int lower, int upper, ReconciliationRange range)
    {
        switch (input.ReadVarint("mode"))
        {
            case (ulong)NegentropyMode.Skip:
                _isSkipping = true;
                return true;
            case (ulong)NegentropyMode.Fingerprint:
                return AnswerFingerprint(input.ReadBytes(NegentropyLimits.FingerprintBytes, "fingerprint"), lower, upper, range);
            case (ulong)NegentropyMode.IdList when findings is null:
                var count = input.ReadCount("id_list", int.MaxValue, ContentHash.LengthBytes);
                input.ReadBytes(count * ContentHash.LengthBytes, "id_list"); // The client finds out what we lack; it is not for us to know.
                return AnswerList(lower, upper, range);
            case (ulong)NegentropyMode.IdList:
                findings.Compare(ReadIds(ref input), set.Range(lower, upper));
                _isSkipping = true;
                return true;
            case var mode:
                throw input.Fault("mode", $"{mode} is none of 0 (skip), 1 (fingerprint) and 2 (id list)");
        }
    }

    private static HashSet<ContentHash> ReadIds(ref WireReader input)
    {
        var count = input.ReadCount("id_list", int.MaxValue, ContentHash.LengthBytes);
        var ids = new HashSet<ContentHash>(count);
        for (var index = 0; index < count; index++)
        {
            if (!ids.Add(input.ReadHash("id_list")))
                throw input.Fault("id_list", "an id stands twice in it");
        }

        return ids;
    }

    private bool AnswerFingerprint(ReadOnlySpan<byte> theirs, int lower, int upper, ReconciliationRange range)
    {
        Span<byte> ours = stackalloc byte[NegentropyLimits.FingerprintBytes];
        set.Fingerprint(lower, upper).WriteRoot(ours);
        if (findings is not null)
            findings.Compared++;
        if (theirs.SequenceEqual(ours))
        {
            _isSkipping = true;
            return true;
        }

        var mark = (_output.Length, _bounds, _isSkipping);
        FlushSkip(range.Lower);
        Split(lower, upper, range);
        findings?.Pending.Add(range);
        if (!IsOverFrame(_output.Length))
            return true;

        // The reference drops this range and takes the fingerprint of what follows it, which hides a difference in this range when the rest is equal.
        // Putting off this range too costs nothing and hides nothing.
        _output.Truncate(mark.Length);
        (_bounds, _isSkipping) = (mark._bounds, mark._isSkipping);
        findings?.Pending.RemoveAt(findings.Pending.Count - 1);
        FlushSkip(range.Lower);
        PutOff(lower, range.Lower);
        return false;
    }

    private bool AnswerList(int lower, int upper, ReconciliationRange range)
    {
        FlushSkip(range.Lower);
        var (ids, end, endBound) = (new WireWriter(), lower, range.Upper);
        foreach (var item in set.Range(lower, upper))
        {
            if (IsOverFrame(_output.Length + ids.Length))
            {
                endBound = ReconciliationBound.At(item);
                break;
            }

            ids.WriteHash(item.Id);
            end++;
        }

        WriteRange(endBound, NegentropyMode.IdList);
        _output.WriteVarint((ulong)(end - lower));
        _output.WriteBytes(ids.ToArray());
        if (end == upper && !IsOverFrame(_output.Length))
            return true;

        PutOff(end, endBound);
        return false;
    }

    /// <summary>Ends the message with one fingerprint of everything that was not answered; the other side takes it up from there.</summary>
    private void PutOff(int lower, ReconciliationBound lowerBound)
    {
        if (lowerBound.IsEnd)
            return;
        WriteFingerprint(ReconciliationBound.End, lower, set.Count);
        findings?.Pending.Add(new ReconciliationRange(lowerBound, ReconciliationBound.End));
    }

    private void Split(int lower, int upper, ReconciliationRange range)
    {
        var count = upper - lower;
        if (count < NegentropyLimits.ListBelow)
        {
            WriteRange(range.Upper, NegentropyMode.IdList);
            _output.WriteVarint((ulong)count);
            foreach (var item in set.Range(lower, upper))
                _output.WriteHash(item.Id);
            return;
        }

        var (perBucket, larger) = Math.DivRem(count, NegentropyLimits.Buckets);
        for (var (bucket, start) = (0, lower); bucket < NegentropyLimits.Buckets; bucket++)
        {
            var end = start + perBucket + (bucket < larger ? 1 : 0);
            WriteFingerprint(end == upper ? range.Upper : BoundBefore(end), start, end);
            start = end;
        }
    }

    private ReconciliationBound BoundBefore(int index)
    {
        using var pair = set.Range(index - 1, index + 1).GetEnumerator();
        pair.MoveNext();
        var previous = pair.Current;
        pair.MoveNext();
        return ReconciliationBound.Between(previous, pair.Current);
    }

    private void WriteFingerprint(ReconciliationBound upperBound, int lower, int upper)
    {
        WriteRange(upperBound, NegentropyMode.Fingerprint);
        set.Fingerprint(lower, upper).WriteRoot(_output.Take(NegentropyLimits.FingerprintBytes));
    }

    private void FlushSkip(ReconciliationBound upTo)
    {
        if (_isSkipping)
            WriteRange(upTo, NegentropyMode.Skip);
        _isSkipping = false;
    }

    private void WriteRange(ReconciliationBound upperBound, NegentropyMode mode)
    {
        _bounds.Write(_output, upperBound);
        _output.WriteVarint((ulong)mode);
    }

    private bool IsOverFrame(int length) => frameLimit > 0 && length > frameLimit - NegentropyLimits.FrameReserve;
}
