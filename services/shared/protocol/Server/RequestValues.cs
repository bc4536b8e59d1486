using System.Globalization;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Reads and checks the values of a request.</summary>
public static class RequestValues
{
    /// <summary>A segment id, or 400 <c>invalid-segment-id</c>.</summary>
    public static SegmentId SegmentId(string? value, string field) =>
        Core.SegmentId.TryParse(value, out var id)
            ? id
            : throw new RequestProblemException(
                StatusCodes.Status400BadRequest, ProblemTypes.InvalidSegmentId,
                $"A segment id is 1 to {Core.SegmentId.MaxLength} characters of letters, digits, '.', '_' and '-', beginning with a letter or digit.").In(field);

    /// <summary>A content hash, or 400 <c>invalid-hash</c>.</summary>
    public static ContentHash Hash(string? value, string field) =>
        ContentHash.TryParse(value, out var hash)
            ? hash
            : throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.InvalidHash, "A hash is 64 hexadecimal digits.").In(field);

    /// <summary>Hashes of 32 bytes each, one after the other, or 400 <c>invalid-hash</c>; at least one.</summary>
    public static IReadOnlySet<ContentHash> Hashes(string? base64, string field)
    {
        var bytes = new byte[((base64?.Length ?? 0) / 4 * 3) + 3];
        var joined = Convert.TryFromBase64String(base64 ?? "", bytes, out var length) ? bytes.AsSpan(0, length) : [];
        if (joined.IsEmpty || joined.Length % ContentHash.LengthBytes != 0)
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.InvalidHash, $"Hashes are {ContentHash.LengthBytes} bytes each, one after the other, in base64; at least one.").In(field);
        var hashes = new HashSet<ContentHash>(joined.Length / ContentHash.LengthBytes);
        for (; !joined.IsEmpty; joined = joined[ContentHash.LengthBytes..])
            hashes.Add(new ContentHash(joined[..ContentHash.LengthBytes]));
        return hashes;
    }

    /// <summary>A number from 1, or 400 <c>field-out-of-range</c>.</summary>
    public static long Positive(long value, string field) =>
        value > 0 ? value : throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, $"{field} is a whole number from 1.").In(field);

    /// <summary>A whole number of the query, or 400 <c>field-out-of-range</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="smallest">Smallest value.</param>
    /// <param name="greatest">Greatest value.</param>
    /// <param name="absent">The value when the parameter is absent.</param>
    public static long Number(HttpRequest request, string name, long smallest, long greatest, long absent)
    {
        var values = request.Query[name];
        if (values.Count == 0)
            return absent;
        if (values.Count == 1 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= smallest && number <= greatest)
            return number;

        throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, $"{name} is a whole number from {smallest} to {greatest}, given once.").In(name);
    }

    /// <summary>A yes or no of the query, or 400 <c>field-out-of-range</c>; absent means no.</summary>
    public static bool Flag(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => false,
        ["true"] => true,
        ["false"] => false,
        _ => throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, $"{name} is true or false, given once.").In(name),
    };

    /// <summary>Refuses a list that is longer than its bound with 400 <c>too-many-items</c>.</summary>
    public static void AtMost(int count, int limit, string field)
    {
        if (count > limit)
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.TooManyItems, $"{field} holds {count} items; at most {limit} are allowed in one request.").In(field);
    }
}
