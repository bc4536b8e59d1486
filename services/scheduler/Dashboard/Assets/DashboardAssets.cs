using System.Security.Cryptography;

namespace Causality.Scheduler.Dashboard.Assets;

/// <summary>The few files that the pages load: style, scripts and the sign. They are in the assembly, so no folder has to be deployed beside it.</summary>
internal static class DashboardAssets
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal) { [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml" };
    private static readonly Dictionary<string, (byte[] Content, string Type)> Files = Load();
    private static readonly string Version = VersionOf(Files);

    /// <summary>The address of a file. It changes with every change of any file, so that browsers may keep them for good, and modules that load each other are of one version.</summary>
    public static string Url(string name) => $"{DashboardRoutes.Assets}/{Version}/{name}";

    /// <summary>Serves them to anybody: the page for signing in needs them, and they hold nothing of the operator.</summary>
    public static IEndpointConventionBuilder MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet(DashboardRoutes.Assets + "/{version}/{name}", Serve);

    private static IResult Serve(string version, string name, HttpContext context)
    {
        if (!Files.TryGetValue(name, out var file))
            return Results.NotFound();
        context.Response.Headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(file.Content, file.Type);
    }

    private static Dictionary<string, (byte[] Content, string Type)> Load()
    {
        const string prefix = "dashboard/";
        var assembly = typeof(DashboardAssets).Assembly;
        var files = new Dictionary<string, (byte[], string)>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            files[resource[prefix.Length..]] = (content, Types[Path.GetExtension(resource)]);
        }

        return files;
    }

    private static string VersionOf(Dictionary<string, (byte[] Content, string Type)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            hash.AppendData(file.Content);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
