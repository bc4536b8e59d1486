using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard;

/// <summary>Names every fault of the section <c>Dashboard</c>, but never a secret.</summary>
internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var faults = new List<string>();
        Address(faults, nameof(options.ConflictResolverUrl), options.ConflictResolverUrl);
        Address(faults, nameof(options.ManagementUrl), options.ManagementUrl);
        Within(faults, nameof(options.LookEvery), options.LookEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Within(faults, nameof(options.AnswerTimeout), options.AnswerTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // What is wrong is not repeated: somebody may have put a password into it.
    private static void Address(List<string> faults, string setting, string? url)
    {
        if (url is null)
            return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            faults.Add($"{DashboardOptions.Section}:{setting} is no address of the form http://host:port; user and password have settings of their own.");
    }

    private static void Within(List<string> faults, string setting, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            faults.Add($"{DashboardOptions.Section}:{setting} is {value}; it must be {least} to {most}.");
    }
}
