using CustomerService.Gateway.Visitors;

namespace CustomerService.Gateway.Tests;

public sealed class VisitorKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visitor-key-");

    private string File => Path.Combine(_folder.FullName, "visitor.key");

    [Fact]
    public void It_is_made_once_and_only_its_owner_can_read_it()
    {
        var first = VisitorKey.LoadOrCreate(File);
        var second = VisitorKey.LoadOrCreate(File);

        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Contains(first.ToArray(), value => value != 0);
        Assert.Single(_folder.GetFiles());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void Many_at_once_agree_on_one()
    {
        var keys = new byte[16][];
        Parallel.For(0, keys.Length, number => keys[number] = VisitorKey.LoadOrCreate(File).ToArray());

        Assert.All(keys, key => Assert.Equal(keys[0], key));
    }

    [Fact]
    public void A_file_that_holds_no_key_is_an_error_that_names_it()
    {
        System.IO.File.WriteAllText(File, "too short");

        var error = Assert.Throws<InvalidDataException>(() => VisitorKey.LoadOrCreate(File));

        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Contains("32 bytes", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
