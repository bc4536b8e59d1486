using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using Causality.Storage.Log;

namespace Causality.Gateway.Api;

/// <summary>Reads the entries of an append: one JSON object, or one on each line.</summary>
internal static class AppendBody
{
    /// <summary>Longest time for a body to arrive.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Bodies of all applications that are coming in or being appended: of one, by its token, as much as four of the largest; of all together twice that.</summary>
    public static BodyRoom<string> MakeRoom() => new(4 * AppendLimits.MaxBatchBytes, 8 * AppendLimits.MaxBatchBytes);

    /// <param name="context">The request.</param>
    /// <param name="place">The body's; to be kept until the entries are appended.</param>
    /// <exception cref="RequestProblemException">408, 413, 415 or 429, or 400 with the line (counted from 1) and the field at fault.</exception>
    public static async Task<List<LogEntry>> ReadAsync(HttpContext context, BodyRoom<string>.Place place)
    {
        var mediaType = RequestBody.RequireMediaType(context.Request, SyncMediaTypes.Json, SyncMediaTypes.Lines);
        ReadOnlyMemory<byte> body = default;
        await RequestDeadline.WithinAsync(Patience, context, async () => body = await RequestBody.ReadAsync(context, AppendLimits.MaxBatchBytes, place.Take));
        RequestBody.RequireNoMark(body);
        return mediaType == SyncMediaTypes.Json ? [Parse(body.Span, 1)] : ParseLines(body);
    }

    private static List<LogEntry> ParseLines(ReadOnlyMemory<byte> body)
    {
        var entries = new List<LogEntry>();
        var rest = body.Span;
        do
        {
            if (entries.Count == AppendLimits.MaxBatchEntries)
            {
                throw new RequestProblemException(
                    StatusCodes.Status413PayloadTooLarge, ProblemTypes.TooManyItems, $"One request appends at most {AppendLimits.MaxBatchEntries} entries; send the rest in another.").With("line", entries.Count + 1);
            }

            var length = rest.IndexOf((byte)'\n');
            entries.Add(Parse(length < 0 ? rest : rest[..length], entries.Count + 1));
            rest = length < 0 ? [] : rest[(length + 1)..];
        }
        while (rest.Length > 0);
        return entries;
    }

    private static LogEntry Parse(ReadOnlySpan<byte> json, int line)
    {
        try
        {
            return LogEntry.Parse(json);
        }
        catch (InvalidEntryException exception)
        {
            var problem = new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.InvalidEntry, $"Line {line}: {exception.Message}", exception).With("line", line);
            throw exception.Field is null ? problem : problem.In(Printable.Shorten(exception.Field, 128));
        }
    }
}
