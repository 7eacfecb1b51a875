using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CustomerService.EndToEnd;

public sealed partial class FaultTests
{
    [Fact]
    public async Task PortInUse_OneClearLine()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        using var folder = new TestFolder();

        await using var program = SiloProgram.Start(["run", "--data", folder.Path, "--listen", $"http://127.0.0.1:{port}", "--metrics-port", "0"]);

        Assert.Equal(1, await program.ExitAsync());
        var line = Assert.Single(program.Output.Split('\n'), l => l.Contains("in use", StringComparison.Ordinal));
        Assert.Contains($"{port}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondProcessOnTheSameData_IsRefusedAndTheFirstGoesOn()
    {
        using var folder = new TestFolder();
        var port = SiloProgram.FreePort();
        await using var first = await SiloProgram.RunAsync(folder.Path, port);

        await using var second = SiloProgram.Start(["run", "--data", folder.Path, "--listen", $"http://127.0.0.1:{SiloProgram.FreePort()}", "--metrics-port", "0"]);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains(folder.Path, second.Output, StringComparison.Ordinal);
        Assert.Contains($"{first.Id}", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{port}/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData("this is no database at all, but it is long enough to be taken for one by its size ......................................")]
    [InlineData("SQLite format 3\0 and then nothing that makes sense, again and again and again and again and again and again and again")]
    public async Task CorruptDatabase_IsNamedAndLeftAlone(string content)
    {
        using var folder = new TestFolder();
        await using (var program = await SiloProgram.RunAsync(folder.Path, SiloProgram.FreePort()))
            Assert.Equal(0, await program.TerminateAsync());
        var database = Assert.Single(Directory.GetFiles(folder.Path, "customerservice.db"));
        foreach (var extra in Directory.GetFiles(folder.Path, Path.GetFileName(database) + "-*"))
            File.Delete(extra);
        await File.WriteAllTextAsync(database, content);

        await using var again = SiloProgram.Start(["run", "--data", folder.Path, "--listen", "http://127.0.0.1:0", "--metrics-port", "0"]);

        Assert.Equal(1, await again.ExitAsync());
        Assert.Contains(database, again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", again.Output, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(database));
    }

    [Fact]
    public async Task BrokenPipeline_IsRefusedAtStartWithItsLine()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "broken.yaml");
        await File.WriteAllTextAsync(file, "id: broken\nname: Broken\nversion: \"1\"\ntasks:\n  - id: one\n    action: no_such_action\n");

        await using var program = SiloProgram.Start(["run", "--data", folder.Path, "--pipeline", file, "--listen", "http://127.0.0.1:0", "--metrics-port", "0"]);

        Assert.NotEqual(0, await program.ExitAsync());
        Assert.Matches(PlaceInBrokenFile(), program.Output);
        Assert.Contains("no_such_action", program.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"broken\.yaml.*6")]
    private static partial Regex PlaceInBrokenFile();
}
