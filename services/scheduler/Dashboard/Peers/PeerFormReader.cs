using System.Globalization;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Peers;

/// <summary>Reads a peer out of its form.</summary>
internal static class PeerFormReader
{
    private const int MostTyped = 4_096;

    /// <returns>The request; or null, and the form with its faults.</returns>
    public static (PeerRequest? Request, PeerFormModel Form) Read(PostedForm posted)
    {
        var typed = Typed(posted);
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        var overrides = new SyncOverrides();
        foreach (var field in OverrideNames.Numbers)
        {
            if (!typed.Overrides.TryGetValue(field.Name, out var text))
                continue;
            if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
                overrides = field.Write(overrides, value);
            else
                faults[$"overrides.{field.Name}"] = $"'{Show.Text(text, 40)}' is no whole number; leave it empty for the general setting.";
        }

        foreach (var field in OverrideNames.Switches)
        {
            if (typed.Overrides.TryGetValue(field.Name, out var text))
                overrides = field.Write(overrides, text == "yes");
        }

        if (typed.Overrides.TryGetValue("mode", out var mode))
        {
            if (Enum.TryParse<SyncMode>(mode, out var way) && Enum.IsDefined(way))
                overrides = overrides with { Mode = way };
            else
                faults["overrides.mode"] = "Choose Pull, Push or Both.";
        }

        if (faults.Count > 0)
            return (null, typed with { Faults = faults });
        return (new PeerRequest
        {
            Id = typed.Id,
            Address = typed.Address,
            Pins = Words(typed.Pins),
            Permissions = typed.Permissions,
            Scope = Words(typed.Scope),
            Overrides = overrides == new SyncOverrides() ? null : overrides,
        }, typed);
    }

    private static PeerFormModel Typed(PostedForm posted)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in OverrideNames.Numbers.Select(field => field.Name).Concat(OverrideNames.Switches.Select(field => field.Name)).Append("mode"))
        {
            if (posted.Text($"overrides.{name}") is { } text)
                overrides[name] = Cut(text);
        }

        return new PeerFormModel
        {
            IsChange = posted.Text("change") == "yes",
            Id = Cut(posted.Text("id") ?? ""),
            Address = Cut(posted.Text("address") ?? ""),
            Pins = Cut(posted.Text("pins") ?? ""),
            Permissions = [.. posted.All("permissions").Take(10).Select(Cut)],
            Scope = Cut(posted.Text("scope") ?? ""),
            Overrides = overrides,
        };
    }

    private static string[] Words(string text) => text.Split((char[])['\n', '\r', ',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static string Cut(string text) => text.Length <= MostTyped ? text : text[..MostTyped];
}
