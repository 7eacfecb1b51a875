using System.Text;

namespace CustomerService.Language.Tests;

public sealed class LabeledTextCsvTests
{
    [Theory]
    [InlineData("text,category\n\"Hello, you\",greeting\nbye,goodbye\n")]
    [InlineData("id;category;text\r\n1;greeting;Hello, you\r\n\r\n2;goodbye;bye\r\n")]
    [InlineData("\uFEFFCategory\tText\ngreeting\tHello, you\ngoodbye\tbye")]
    public void AnybodysCsv_IsRead(string csv) =>
        Assert.Equal([new LabeledText("Hello, you", "greeting"), new LabeledText("bye", "goodbye")], Read(csv));

    [Fact]
    public void QuotedFields_KeepQuotesAndLineBreaks() =>
        Assert.Equal("She said \"no\".\nThen left.", Read("text,category\n\"She said \"\"no\"\".\nThen left.\",complaint\n").Single().Text);

    [Theory]
    [InlineData("message,category\nhi,greeting\n", "shop.csv, line 1: there is no column 'text'; the columns are 'message', 'category'.")]
    [InlineData("text,category\nhi,greeting\nbye\n", "shop.csv, line 3: ")]
    [InlineData("text,category\nhi,greeting\n,goodbye\n", "shop.csv, line 3: column 'text' is empty")]
    [InlineData("text,category\n\"two\nlines\",greeting\nbye, \n", "shop.csv, line 4: column 'category' is empty")]
    [InlineData("text,category\nhi,greeting\n\"never closed,goodbye\n", "shop.csv, line 3: ")]
    [InlineData("text,category\n", "shop.csv, line 1: there are no rows")]
    [InlineData("", "shop.csv, line 1: the file is empty")]
    public void BadCsv_IsRefusedWithFileLineAndReason(string csv, string error) =>
        Assert.StartsWith(error, Assert.Throws<InvalidDataException>(() => Read(csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnotherEncoding_IsRefused()
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes("text,category\nhi,greeting\ncafé,order\n"));
        var error = Assert.Throws<InvalidDataException>(() => LabeledTextCsv.Read(stream, "shop.csv", "text", "category"));
        Assert.Equal("shop.csv, line 3: not UTF-8; save the file as UTF-8.", error.Message);
    }

    [Fact]
    public void MissingFile_IsNamed() =>
        Assert.Contains("nowhere.csv", Assert.Throws<FileNotFoundException>(() => LabeledTextCsv.Read("nowhere.csv", "text", "category")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<LabeledText> Read(string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return LabeledTextCsv.Read(stream, "shop.csv", "text", "category");
    }
}
