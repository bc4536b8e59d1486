using System.Diagnostics;
using Causality.Contracts;
using Causality.Differ.Extensions;
using Causality.Protocol.Client;
using Causality.ServiceDefaults;
using Causality.ServiceDefaults.Control;
using Causality.Storage;
using Causality.TestKit.Operators;
using Causality.Transfer.Extensions;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.SyncBenchmark;

/// <summary>The measured process: differ and transfer as their own processes compose them, on a bus in memory, and a route that drives them as the saga does.</summary>
internal static class TargetProgram
{
    public const string Route = "/bench/sync";

    public static Task<int> RunAsync() => ServiceProcess.RunAsync(
        [], ServiceNames.Transfer, "http://127.0.0.1:0",
        bus =>
        {
            bus.AddDifferConsumers();
            bus.AddTransferConsumers();
            bus.Record<SegmentsCompared>().Record<SegmentsTransferred>().Record<SyncStepFailed>();
        },
        builder =>
        {
            builder.Configuration["PeerAddresses:AllowLoopback"] = "true";
            builder.Services.AddSingleton<BusRecorder>();
            builder.Services.AddSyncProtocolClient();
            builder.Services.AddDiffer();
            builder.Services.AddTransfer();
        },
        routes => routes.MapPost(Route, (SyncRequest request, IBus bus, BusRecorder recorder, CancellationToken cancelled) => SyncAsync(request, bus, recorder, cancelled)).NeedsRole(ControlPolicies.Operate));

    private static async Task<IResult> SyncAsync(SyncRequest request, IBus bus, BusRecorder recorder, CancellationToken cancelled)
    {
        var (syncId, watch) = (Guid.NewGuid(), Stopwatch.StartNew());
        await bus.Publish(new CompareSegments { SyncId = syncId, Attempt = 1, Peer = request.Peer, Settings = request.Settings }, cancelled);
        if (await AnswerAsync<SegmentsCompared>(recorder, syncId, answer => answer.SyncId == syncId, cancelled) is not { } compared)
            return Failed(recorder, syncId);
        var compare = watch.Elapsed;

        for (var share = 1; compared.SegmentsPlanned > 0; share++)
        {
            await bus.Publish(new TransferSegments { SyncId = syncId, Attempt = 1, Share = share, Peer = request.Peer, Settings = request.Settings }, cancelled);
            if (await AnswerAsync<SegmentsTransferred>(recorder, syncId, answer => answer.SyncId == syncId && answer.Share == share, cancelled) is not { } transferred)
                return Failed(recorder, syncId);
            if (transferred.SegmentsRemaining == 0)
                return Json(new SyncFigures { CompareSeconds = compare.TotalSeconds, TransferSeconds = (watch.Elapsed - compare).TotalSeconds, Segments = transferred.SegmentsSynced, Entries = transferred.EntriesSynced });
        }

        return Json(new SyncFigures { CompareSeconds = compare.TotalSeconds, InSync = compared.InSync });
    }

    // The failure ends the wait as well as the answer does. A long sync is no fault.
    private static async Task<T?> AnswerAsync<T>(BusRecorder recorder, Guid syncId, Func<T, bool> wanted, CancellationToken cancelled) where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        stop.CancelAfter(Setting.Patience);
        var answer = recorder.WaitLongAsync(wanted, stop.Token);
        var failure = recorder.WaitLongAsync<SyncStepFailed>(failed => failed.SyncId == syncId, stop.Token);
        var first = await Task.WhenAny(answer, failure);
        var found = first == answer ? (await answer) : null;
        await stop.CancelAsync();
        return found;
    }

    private static IResult Failed(BusRecorder recorder, Guid syncId) =>
        Results.Text(string.Join('\n', recorder.Of<SyncStepFailed>(failed => failed.SyncId == syncId)), statusCode: StatusCodes.Status500InternalServerError);

    private static IResult Json(SyncFigures figures) => Results.Json(figures, System.Text.Json.JsonSerializerOptions.Web);

    private static async Task<T> WaitLongAsync<T>(this BusRecorder recorder, Func<T, bool> wanted, CancellationToken cancelled) where T : class
    {
        while (true)
        {
            try
            {
                return (await recorder.WaitAsync(wanted, 1, cancelled))[0];
            }
            catch (TimeoutException)
            {
                cancelled.ThrowIfCancellationRequested();
            }
        }
    }
}
