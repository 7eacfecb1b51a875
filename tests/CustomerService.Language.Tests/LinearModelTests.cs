namespace CustomerService.Language.Tests;

public sealed class LinearModelTests
{
    private static readonly byte[] Shipped = File.ReadAllBytes(Path.Combine(Repository.Models, "languages.bin"));

    [Fact]
    public void SavedAndLoaded_IsTheSame()
    {
        var model = LinearModel.Load(new MemoryStream(Shipped));
        using var saved = new MemoryStream();
        model.Save(saved);
        Assert.Equal(Shipped, saved.ToArray());
        Assert.Equal(["de", "en", "es", "fr", "unknown"], model.Heads.Single().Labels.AsEnumerable());
    }

    [Fact]
    public void SavedToAFile_IsLoadedFromIt()
    {
        var folder = Directory.CreateTempSubdirectory("models");
        var path = Path.Combine(folder.FullName, "own.bin");
        LinearModel.Load(new MemoryStream(Shipped)).Save(path);
        Assert.Equal(5, LinearModel.Load(path).Head("language")!.Labels.Length);
        Assert.Equal([path], Directory.GetFiles(folder.FullName));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void ForeignFile_IsNamed() =>
        Assert.Equal("photo.png: not a CustomerService model file. Make one with `train`.", ErrorOf([137, 80, 78, 71], "photo.png"));

    [Fact]
    public void EmptyFile_IsNamed() => Assert.Contains("not a CustomerService model file", ErrorOf([], "empty.bin"), StringComparison.Ordinal);

    [Fact]
    public void EveryOneOfManyFlippedBytes_IsNoticed()
    {
        for (var at = 16; at < Shipped.Length; at += 997)
        {
            var damaged = (byte[])Shipped.Clone();
            damaged[at] ^= 0x40;
            Assert.Contains("damaged or incomplete", ErrorOf(damaged, "m.bin"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(5000)]
    public void CutShort_IsNoticed(int length) => Assert.Contains("damaged or incomplete", ErrorOf(Shipped[..length], "m.bin"), StringComparison.Ordinal);

    [Fact]
    public void AnotherVersion_SaysWhatToDo()
    {
        var newer = (byte[])Shipped.Clone();
        newer[8] = 9;
        Assert.Equal("m.bin: model of format 9.4, this program reads 3.4. Train it again with this program.", ErrorOf(newer, "m.bin"));
    }

    private static string ErrorOf(byte[] bytes, string name) =>
        Assert.Throws<InvalidDataException>(() => LinearModel.Load(new MemoryStream(bytes), name)).Message;
}
