using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control;

/// <summary>Checks <see cref="ControlOptions"/> and names every fault at once; never the token.</summary>
internal sealed class ControlOptionsValidator : IValidateOptions<ControlOptions>
{
    public ValidateOptionsResult Validate(string? name, ControlOptions options)
    {
        var faults = new List<string>();
        if (!string.IsNullOrEmpty(options.BootstrapToken) && !string.IsNullOrEmpty(options.BootstrapTokenFile))
            faults.Add("Control:BootstrapToken and Control:BootstrapTokenFile are both set; give one of them.");
        if (!string.IsNullOrEmpty(options.BootstrapToken) && !TokenText.IsLongEnough(options.BootstrapToken))
            faults.Add($"Control:BootstrapToken is not {ControlOptions.MinTokenLength} to {TokenText.MaxLength} printable characters without spaces; make one with: openssl rand -base64 32");
        if (options.SessionLifetime < TimeSpan.FromMinutes(1) || options.SessionLifetime > TimeSpan.FromDays(7))
            faults.Add($"Control:SessionLifetime {options.SessionLifetime} is not between 1 min and 7 d.");
        if (options.MaxFailures is < 1 or > 10_000)
            faults.Add($"Control:MaxFailures {options.MaxFailures} is not between 1 and 10000.");
        if (options.FailureWindow < TimeSpan.FromMilliseconds(100) || options.FailureWindow > TimeSpan.FromHours(1))
            faults.Add($"Control:FailureWindow {options.FailureWindow} is not between 100 ms and 1 h.");
        if (!string.IsNullOrEmpty(options.BootstrapTokenFile) && BootstrapToken.FaultOf(options.BootstrapTokenFile) is { } fault)
            faults.Add(fault);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
