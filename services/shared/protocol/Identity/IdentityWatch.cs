using System.Diagnostics.Metrics;
using Causality.Storage.Observing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Identity;

/// <summary>Warns, at start and every twelve hours, of a certificate that ends soon and of a rotation that somebody has begun and not finished.</summary>
/// <param name="identity">The identity in use.</param>
/// <param name="rotation">What lies beside it.</param>
/// <param name="meters">For <c>causality_identity_rotation_pending</c>; when the certificate ends, every process tells by itself.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears the warnings.</param>
internal sealed class IdentityWatch(OperatorIdentity identity, IdentityRotation rotation, IMeterFactory meters, TimeProvider time, ILogger<IdentityWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(12);
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(60);
    private static readonly TimeSpan LongestRotation = TimeSpan.FromDays(14);

    private double _isPending;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Create(MeterNames.Causality).CreateObservableGauge("causality_identity_rotation_pending", () => _isPending, null, "1 while a new key is prepared and not in use, or the one before is not retired.");
        using var timer = new PeriodicTimer(Interval, time);
        do
            Look();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private TimeSpan Left() => identity.Certificate.NotAfter.ToUniversalTime() - time.GetUtcNow();

    private void Look()
    {
        if (Left() < WarnBefore)
            logger.CertificateEnds(identity.Pin, identity.Certificate.NotAfter.ToUniversalTime());
        try
        {
            var state = rotation.Show();
            _isPending = state.NextPin is null && state.PreviousPin is null ? 0 : 1;
            if (state.Pin != identity.Pin)
                logger.KeyNotInUse(state.Pin, identity.Pin);
            if (time.GetUtcNow() - state.NextSince > LongestRotation)
                logger.RotationStands(state.NextPin!, "prepared and not in use", state.NextSince!.Value);
            if (time.GetUtcNow() - state.PreviousSince > LongestRotation)
                logger.RotationStands(state.PreviousPin!, "put aside and not retired", state.PreviousSince!.Value);
        }
        catch (IdentityException exception)
        {
            logger.IdentityUnreadable(exception.Message);
        }
    }
}
