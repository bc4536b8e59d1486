using Microsoft.Extensions.Options;

namespace Causality.Transfer.Options;

internal sealed class TransferOptionsValidator : IValidateOptions<TransferOptions>
{
    private const int MaxStreams = 8;
    private const int MaxWindows = 100;

    public ValidateOptionsResult Validate(string? name, TransferOptions options)
    {
        var faults = new List<string>();
        if (options.Streams is < 1 or > MaxStreams)
            faults.Add($"{TransferOptions.Section}:{nameof(TransferOptions.Streams)} is {options.Streams}; it must be from 1 to {MaxStreams}.");
        if (options.Bandwidth.Count > MaxWindows)
            faults.Add($"{TransferOptions.Section}:{nameof(TransferOptions.Bandwidth)} has {options.Bandwidth.Count} windows; at most {MaxWindows} are allowed.");
        for (var i = 0; i < options.Bandwidth.Count; i++)
        {
            if (options.Bandwidth[i].BytesPerSecond < 0)
                faults.Add($"{TransferOptions.Section}:{nameof(TransferOptions.Bandwidth)}:{i}:{nameof(BandwidthWindow.BytesPerSecond)} is {options.Bandwidth[i].BytesPerSecond}; it must be 0 for no limit, or more.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
