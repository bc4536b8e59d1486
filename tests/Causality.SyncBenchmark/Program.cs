using Causality.SyncBenchmark;

if (args is ["target"])
    return await TargetProgram.RunAsync();

var setting = Setting.Read(args);
var report = new Report(setting.Json);
var identity = Directory.CreateTempSubdirectory("causality-identity-").FullName;
try
{
    var works = new Works(setting, report, identity, await Target.MakeIdentityAsync(identity));
    await works.ColdAsync("cold", compressed: false);
    await works.ColdAsync("cold compressed", compressed: true);
    await works.SmallAsync("small segments, 10 missing");
    await works.EditedAsync("segments with 3 entries more");
    await works.NoOpAsync("nothing to do");
    report.End();
    return 0;
}
finally
{
    Directory.Delete(identity, recursive: true);
}
