using System.Diagnostics.Metrics;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Tests;

/// <summary>What a running service warns of, before a certificate ends or a rotation is forgotten.</summary>
public sealed class When_an_identity_grows_old : IAsyncDisposable
{
    private const int CertificateEnds = 7020;
    private const int KeyNotInUse = 7021;
    private const int RotationStands = 7022;
    private const int Unreadable = 7023;

    private readonly string _data = Directory.CreateTempSubdirectory("identity-watch-").FullName;
    private readonly HandMovedTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly HeardLog<IdentityWatch> _log = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OperatorIdentity _identity;
    private readonly IdentityRotation _rotation;

    public When_an_identity_grows_old()
    {
        _identity = new IdentityFolder(Path.Combine(_data, "identity"), _time).LoadOrCreate(new OperatorId("beta"));
        _rotation = new IdentityRotation(_data, _time);
    }

    private DateTimeOffset End => new(_identity.Certificate.NotAfter.ToUniversalTime());

    public async ValueTask DisposeAsync()
    {
        _identity.Dispose();
        _time.Dispose();
        await _services.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData(61, false)]
    [InlineData(59, true)]
    [InlineData(-1, true)]
    public async Task A_certificate_that_ends_within_sixty_days_is_told_at_the_start(int daysLeft, bool isTold)
    {
        _time.Now = End - TimeSpan.FromDays(daysLeft);

        await LookAsync();

        (_log.TakeAll() is [{ Id: CertificateEnds } line, ..] && line.Text.Contains(_identity.Pin, StringComparison.Ordinal) && line.Text.Contains("restart", StringComparison.Ordinal)).ShouldBe(isTold);
    }

    [Fact]
    public async Task A_process_that_runs_on_and_on_looks_again()
    {
        _time.Now = End - TimeSpan.FromDays(30);
        using var watch = Watch(_services);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        (await _log.NextAsync()).Id.ShouldBe(CertificateEnds);

        _time.Tick();

        (await _log.NextAsync()).Id.ShouldBe(CertificateEnds);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(15, true)]
    public async Task A_rotation_that_stands_still_for_two_weeks_is_told(int days, bool isTold)
    {
        var next = _rotation.Prepare().NextPin!;
        _time.Now += TimeSpan.FromDays(days);

        await LookAsync();
        _log.TakeAll().Where(line => line.Id == RotationStands && line.Text.Contains(next, StringComparison.Ordinal) && line.Text.Contains("prepared", StringComparison.Ordinal)).Count().ShouldBe(isTold ? 1 : 0);

        // The same for the key before, which is in nobody's way and in everybody's pins.
        _rotation.Activate();
        await LookAsync();
        _log.TakeAll().Where(line => line.Id == RotationStands && line.Text.Contains(_identity.Pin, StringComparison.Ordinal) && line.Text.Contains("not retired", StringComparison.Ordinal)).Count().ShouldBe(isTold ? 1 : 0);
    }

    [Fact]
    public async Task A_service_that_still_uses_the_key_before_is_told_to_restart()
    {
        var next = _rotation.Prepare().NextPin!;
        await LookAsync();
        _log.TakeAll().ShouldBeEmpty();
        _rotation.Activate();

        await LookAsync();

        var (id, text) = _log.TakeAll().ShouldHaveSingleItem();
        id.ShouldBe(KeyNotInUse);
        text.ShouldContain(next);
        text.ShouldContain(_identity.Pin);
    }

    [Fact]
    public async Task An_identity_that_cannot_be_read_any_more_ends_no_process()
    {
        File.Delete(Path.Combine(_data, "identity", "certificate.pem"));

        await LookAsync();

        _log.TakeAll().ShouldHaveSingleItem().Id.ShouldBe(Unreadable);
    }

    [Fact]
    public async Task The_metric_says_that_a_rotation_is_under_way_until_it_is_finished()
    {
        (await PendingAsync()).ShouldBe(0);
        _rotation.Prepare();
        (await PendingAsync()).ShouldBe(1);
        _rotation.Activate();
        (await PendingAsync()).ShouldBe(1);
        _rotation.Retire();
        (await PendingAsync()).ShouldBe(0);
    }

    private IdentityWatch Watch(IServiceProvider services) => new(_identity, _rotation, services.GetRequiredService<IMeterFactory>(), _time, _log);

    /// <summary>Starts a watch and stops it, which waits for its first look to be done.</summary>
    /// <exception cref="Exception">Whatever ended it.</exception>
    private async Task LookAsync(IServiceProvider? services = null)
    {
        using var watch = Watch(services ?? _services);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await _time.TimerMadeAsync(TestContext.Current.CancellationToken);
        await watch.StopAsync(TestContext.Current.CancellationToken);
        await watch.ExecuteTask!.ContinueWith(task => task.IsFaulted.ShouldBeFalse(task.Exception?.ToString()), TaskScheduler.Default);
    }

    private async Task<double> PendingAsync()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        await LookAsync(services);
        double? value = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "causality_identity_rotation_pending" && ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, measured, _, _) => value = measured);
        listener.Start();
        listener.RecordObservableInstruments();
        return value.ShouldNotBeNull();
    }
}
