using Causality.Contracts;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Options;

/// <summary>Reports every setting that is out of bounds, with its name, its value and the bound.</summary>
internal sealed class SyncOptionsValidator : IValidateOptions<SyncOptions>
{
    public ValidateOptionsResult Validate(string? name, SyncOptions options)
    {
        var faults = new List<string>();
        Check(nameof(options.SyncInterval), options.SyncInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(30));
        Check(nameof(options.BatchSize), options.BatchSize, 1, 1_000_000);
        Check(nameof(options.SyncTimeout), options.SyncTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(nameof(options.MaxSyncDuration), options.MaxSyncDuration == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : options.MaxSyncDuration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        Check(nameof(options.PauseLimit), options.PauseLimit, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365));
        Check(nameof(options.MaxRetries), options.MaxRetries, 0, 100);
        Check(nameof(options.MaxSegmentAge), options.MaxSegmentAge, TimeSpan.Zero, TimeSpan.FromDays(365_000));
        Check(nameof(options.Mode), (int)options.Mode, (int)SyncMode.Pull, (int)SyncMode.Both);
        Check(nameof(options.MaxImportBytes), options.MaxImportBytes, 0, long.MaxValue);
        Check(nameof(options.BandwidthBytesPerSecond), options.BandwidthBytesPerSecond == 0 ? 1_024 : options.BandwidthBytesPerSecond, 1_024, long.MaxValue);
        Check(nameof(options.PlanTimeout), options.PlanTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Check(nameof(options.MaxRetryDelay), options.MaxRetryDelay, options.RetryDelay, TimeSpan.FromDays(1));
        Check(nameof(options.HistoryDays), options.HistoryDays, 1, 36_500);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check<T>(string setting, T value, T least, T most) where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                faults.Add($"{SyncOptions.Section}:{setting} is {value}; it must be {least} to {most}.");
        }
    }
}
