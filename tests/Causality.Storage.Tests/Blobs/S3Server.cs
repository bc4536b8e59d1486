using System.ComponentModel;
using System.Diagnostics;
using Causality.TestKit.Processes;

namespace Causality.Storage.Tests.Blobs;

/// <summary>npm s3rver: a server that speaks S3 and that nobody here wrote. One for the tests of a class.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "causality-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("causality-s3-").FullName;
    private Process? _process;

    /// <summary>Where it answers; null when it could not be started.</summary>
    public string? Endpoint { get; private set; }

    /// <summary>Why it could not.</summary>
    public string WhyMissing { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // s3rver's own key; the SDK looks for credentials in the environment.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "S3RVER");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "S3RVER");
        var code = Path.Combine(AppContext.BaseDirectory, "Blobs", "s3");
        try
        {
            var npm = await ProgramRun.ToEndAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], new Dictionary<string, string>(), code, TestContext.Current.CancellationToken);
            if (npm.ExitCode == 0)
                await StartAsync(code);
            else
                WhyMissing = $"npm ci failed: {npm.Error}";
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            WhyMissing = $"Node.js or npm cannot be run: {exception.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string code)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = code, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["server.js", _folder, Bucket])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        if (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } port)
            Endpoint = $"http://127.0.0.1:{port}";
        else
            WhyMissing = "s3rver ended before it answered";
    }
}
