using System.Text;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server;

/// <summary>Tells peers how conflicts are decided here. Seed: <c>resolve_conflicts</c>.</summary>
internal static class WinnerHandler
{
    public static async Task ResolveAsync(HttpContext context)
    {
        var request = await RequestBody.ReadJsonAsync<WinnersRequest>(context, SyncLimits.MaxRequestBytes);
        RequestValues.AtMost(request.EntryIds.Count, SyncLimits.MaxWinnerIds, "entry_ids");
        for (var index = 0; index < request.EntryIds.Count; index++)
            Check(request.EntryIds[index], $"entry_ids[{index}]");

        var winners = await PeerLog.Of(context).FindWinnersAsync([.. request.EntryIds.Distinct(StringComparer.Ordinal)], context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new WinnersAnswer
        {
            Winners =
            [
                .. winners.OrderBy(winner => winner.Key, StringComparer.Ordinal)
                    .Select(winner => new EntryWinner { EntryId = winner.Key, EntryHash = winner.Value.Hash.ToString(), Timestamp = winner.Value.Timestamp }),
            ],
        }, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
    }

    private static void Check(string? id, string field)
    {
        if (string.IsNullOrEmpty(id) || Encoding.UTF8.GetByteCount(id) > EntryLimits.MaxIdBytes)
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, $"An entry id has 1 to {EntryLimits.MaxIdBytes} bytes.").In(field);
    }
}
