using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Server.Connections;

/// <summary>Cuts what a peer has open once its key is let in no more: removed, switched off, or another pin. Requests ask for themselves; this is for what runs or idles meanwhile.</summary>
/// <param name="peers">Who may come in.</param>
/// <param name="sessions">What is open.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of every cut.</param>
internal sealed class RevocationWatch(IKnownPeers peers, PeerSessions sessions, TimeProvider time, ILogger<RevocationWatch> logger) : BackgroundService
{
    /// <summary>Time between two looks. With the five seconds for which the list of peers may be kept, a revoked peer is out after ten.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.RevocationUnknown(exception.Message); // Requests are refused by themselves while nobody can say who is a peer.
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var pin in sessions.Pins)
        {
            if (await peers.FindByPinAsync(pin, cancellationToken) is null && sessions.Cut(pin) is > 0 and var cut)
            {
                ServerMetrics.ConnectionsCut.Add("revoked", cut);
                logger.PeerCut(pin, cut);
            }
        }
    }
}
