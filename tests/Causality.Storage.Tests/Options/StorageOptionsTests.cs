using Causality.Storage.Log;

namespace Causality.Storage.Tests.Options;

public sealed class StorageOptionsTests
{
    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var result = new StorageOptionsValidator().Validate(null, new StorageOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            DataFolder = "",
            ServiceName = "nobody",
            StartTimeout = TimeSpan.Zero,
        });

        result.Failures.ShouldNotBeNull().Count().ShouldBe(4);
        foreach (var name in (string[])["Storage:DataFolder", "Storage:ConnectionString", "Storage:ServiceName", "Storage:StartTimeout"])
            result.FailureMessage!.ShouldContain(name);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named() =>
        new StorageOptionsValidator().Validate(null, new StorageOptions { DataFolder = "/proc/none/here" }).FailureMessage!.ShouldContain("'/proc/none/here'");

    [Fact]
    public void A_connection_string_is_never_repeated()
    {
        var options = new StorageOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = "Host=db;Passwort=secret", DataFolder = Path.GetTempPath() };

        var result = new StorageOptionsValidator().Validate(null, options);

        result.FailureMessage!.ShouldContain("Storage:ConnectionString");
        result.FailureMessage!.ShouldNotContain("secret");
    }

    [Fact]
    public void Defaults_with_a_folder_are_good() =>
        new StorageOptionsValidator().Validate(null, new StorageOptions { DataFolder = Path.GetTempPath() }).Succeeded.ShouldBeTrue();

    [Fact]
    public void A_writer_needs_a_name() =>
        new LogWriterOptionsValidator().Validate(null, new LogWriterOptions { Operator = "Not An Id" }).FailureMessage!.ShouldContain("LogWriter:Operator");
}
