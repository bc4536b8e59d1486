using System.Globalization;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Problems;

namespace Causality.Gateway.Api;

/// <summary>A place in the log as text: <c>timestamp.hash</c> of the last entry read.</summary>
internal static class EntryCursor
{
    public static string Of(LogEntry entry) => $"{entry.Timestamp.ToString(CultureInfo.InvariantCulture)}.{entry.Hash}";

    /// <exception cref="RequestProblemException">400 <c>field-out-of-range</c>.</exception>
    public static EntryKey? Read(HttpRequest request)
    {
        var values = request.Query["after"];
        if (values.Count == 0)
            return null;

        if (values is [{ } text] && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
            && ContentHash.TryParse(text[(dot + 1)..], out var hash))
        {
            return new EntryKey(timestamp, hash);
        }

        throw new RequestProblemException(
            StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, $"after is a cursor as {SyncHeaders.Next} gives it: a timestamp, a dot and an entry hash.").In("after");
    }
}
