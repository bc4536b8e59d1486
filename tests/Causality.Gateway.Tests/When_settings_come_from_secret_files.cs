using Causality.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace Causality.Gateway.Tests;

[Collection(nameof(SecretFiles))]
[CollectionDefinition(nameof(SecretFiles), DisableParallelization = true)]
public sealed class When_settings_come_from_secret_files : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("causality-secrets").FullName;

    public When_settings_come_from_secret_files() => Environment.SetEnvironmentVariable(SecretFiles.Variable, _folder);

    [Fact]
    public void A_file_is_a_setting_without_its_last_line_break()
    {
        Write("Storage__ConnectionString", "Host=postgres;Password=secret\n");

        Read()["Storage:ConnectionString"].ShouldBe("Host=postgres;Password=secret");
    }

    [Fact]
    public void Everything_else_wins_over_a_file()
    {
        Write("Bus__Uri", "amqp://from-the-file");

        Read(new() { ["Bus:Uri"] = "amqp://from-elsewhere" })["Bus:Uri"].ShouldBe("amqp://from-elsewhere");
    }

    [Fact]
    public void The_links_and_folders_of_a_Kubernetes_volume_are_no_settings()
    {
        var version = Directory.CreateDirectory(Path.Combine(_folder, "..2026_11_26")).FullName;
        File.WriteAllText(Path.Combine(version, "Bus__Uri"), "amqp://rabbitmq");
        File.CreateSymbolicLink(Path.Combine(_folder, "..data"), version);
        File.CreateSymbolicLink(Path.Combine(_folder, "Bus__Uri"), Path.Combine("..data", "Bus__Uri"));

        Read().AsEnumerable().Where(setting => setting.Value is not null).ShouldBe([new("Bus:Uri", "amqp://rabbitmq")]);
    }

    [Fact]
    public void A_folder_that_does_not_exist_holds_none()
    {
        Environment.SetEnvironmentVariable(SecretFiles.Variable, Path.Combine(_folder, "missing"));

        Read().AsEnumerable().ShouldBeEmpty();
    }

    [Fact]
    public void Without_the_variable_nothing_is_read()
    {
        Write("Bus__Uri", "amqp://rabbitmq");
        Environment.SetEnvironmentVariable(SecretFiles.Variable, null);

        Read().AsEnumerable().ShouldBeEmpty();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(SecretFiles.Variable, null);
        Directory.Delete(_folder, recursive: true);
    }

    private static IConfigurationRoot Read(Dictionary<string, string?>? others = null)
    {
        var configuration = new ConfigurationBuilder();
        if (others is not null)
            configuration.AddInMemoryCollection(others);
        return (IConfigurationRoot)configuration.AddSecretFiles().Build();
    }

    private void Write(string name, string value) => File.WriteAllText(Path.Combine(_folder, name), value);
}
