using Causality.Protocol.Pacing;
using Microsoft.Extensions.Options;

namespace Causality.Transfer.Options;

internal sealed class TransferOptionsValidator : IValidateOptions<TransferOptions>
{
    private const int MaxStreams = 8;

    public ValidateOptionsResult Validate(string? name, TransferOptions options)
    {
        var faults = new List<string>();
        if (options.Streams is < 1 or > MaxStreams)
            faults.Add($"{TransferOptions.Section}:{nameof(TransferOptions.Streams)} is {options.Streams}; it must be from 1 to {MaxStreams}.");
        faults.AddRange(BandwidthWindow.FaultsOf(options.Bandwidth, $"{TransferOptions.Section}:{nameof(TransferOptions.Bandwidth)}"));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
