using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Limits;

internal sealed class PeerLimitOptionsValidator : IValidateOptions<PeerLimitOptions>
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, PeerLimitOptions options)
    {
        var faults = new List<string>();
        foreach (var property in typeof(PeerLimitOptions).GetProperties())
        {
            var least = property.Name == nameof(PeerLimitOptions.StorageQuotaBytes) ? 0 : 1;
            switch (property.GetValue(options))
            {
                case TimeSpan time when time < TimeSpan.FromSeconds(1) || time > LongestTime:
                    faults.Add($"{PeerLimitOptions.Section}:{property.Name} is {time}: set it to 00:00:01 to {LongestTime:c}.");
                    break;
                case int number when number < least:
                    faults.Add($"{PeerLimitOptions.Section}:{property.Name} is {number}: set it to {least} or more.");
                    break;
                case long number when number < least:
                    faults.Add($"{PeerLimitOptions.Section}:{property.Name} is {number}: set it to {least} or more.");
                    break;
            }
        }

        if (options.RequestBurst < options.RequestsPerSecond)
            faults.Add($"{PeerLimitOptions.Section}:{nameof(options.RequestBurst)} is {options.RequestBurst}: it is not below {nameof(options.RequestsPerSecond)}, which is {options.RequestsPerSecond}.");
        if (options.ByteBurst < options.BytesPerSecond)
            faults.Add($"{PeerLimitOptions.Section}:{nameof(options.ByteBurst)} is {options.ByteBurst}: it is not below {nameof(options.BytesPerSecond)}, which is {options.BytesPerSecond}.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
