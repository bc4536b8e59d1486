using Microsoft.Extensions.Options;

namespace Causality.Storage.Maintenance;

/// <summary>Checks <see cref="ScrubOptions"/> and names every fault at once.</summary>
internal sealed class ScrubOptionsValidator : IValidateOptions<ScrubOptions>
{
    private const long MinBytes = 64 * 1024;
    private const long MaxBytes = 1024 * 1024 * 1024;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScrubOptions options)
    {
        var faults = new List<string>();
        if (options.Interval != TimeSpan.Zero && (options.Interval < TimeSpan.FromMinutes(1) || options.Interval > TimeSpan.FromDays(365)))
            faults.Add($"{ScrubOptions.Section}:{nameof(options.Interval)} {options.Interval} is neither 0 nor between 1 min and 365 d.");
        if (options.BytesPerSecond is < MinBytes or > MaxBytes)
            faults.Add($"{ScrubOptions.Section}:{nameof(options.BytesPerSecond)} {options.BytesPerSecond} is not between {MinBytes} and {MaxBytes}.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
