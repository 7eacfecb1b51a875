using System.Text.Json;
using CustomerService.Assistants.Tools;
using CustomerService.Mcp.Outside;

namespace CustomerService.Mcp.Tests.Outside;

public sealed class OfferedArgumentsTests
{
    [Fact]
    public void TextsNumbersAndLists_Map()
    {
        var parameters = OfferedArguments.Parameters(
            Json("""{"type":"object","properties":{"a":{"type":["string","null"],"enum":["x","y"]},"b":{"type":"integer"},"c":{"type":"array","items":{"type":"string"}},"d":{"type":"boolean"}},"required":["a","c"]}"""), out var problem);

        Assert.Null(problem);
        Assert.Equal([("a", ToolParameterType.Text, true), ("b", ToolParameterType.Number, false), ("c", ToolParameterType.TextList, true)], parameters.Select(each => (each.Name, each.Type, each.Required)));
        Assert.Equal("x, y", string.Join(", ", parameters[0].OneOf));
    }

    [Theory]
    [InlineData("""{"type":"array"}""", "no object")]
    [InlineData("""{"type":"object","properties":{"where":{"type":"object"}},"required":["where"]}""", "'where'")]
    [InlineData("""{"type":"object","properties":{"when":{"anyOf":[{"type":"string"}]}},"required":["when"]}""", "'when'")]
    [InlineData("""{"type":"object","properties":{},"required":["x"]}""", "'x' is required and not described")]
    [InlineData("7", "no object")]
    public void WhatIsRequiredAndOfAnotherShape_IsToldByName(string schema, string says)
    {
        OfferedArguments.Parameters(Json(schema), out var problem);

        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[2]}""", """{ "b": [2], "a": 1 }""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    public void Fingerprint_IsOfWhatIsSaid_NotOfHowItIsWritten(string one, string other, bool same) =>
        Assert.Equal(same, new OfferedTool("t", "d", Json(one)).Fingerprint() == new OfferedTool("t", "d", Json(other)).Fingerprint());

    [Fact]
    public void Approvals_ReadBackWhatTheyWrote()
    {
        var tool = new OfferedTool("find", "Finds \"it\".", Json("""{"type":"object"}"""));

        var read = ToolApprovals.Parse(ToolApprovals.None.With("parcels", tool).ToString(), "f");

        Assert.Equal(tool.Fingerprint(), read.Find("parcels", "find")!.Fingerprint());
        Assert.Null(read.Find("other", "find"));
        Assert.Contains("mcp approve", Assert.Throws<FormatException>(() => ToolApprovals.Parse("[]", "f")).Message, StringComparison.Ordinal);
    }

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
