using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Desks;

namespace CustomerService.Pipelines.Tests;

public sealed class DeskFileTests
{
    [Fact]
    public void Activities_KeepTheirOrder_AndSayWhetherWorkComes()
    {
        var activities = DeskFile.Parse("activities:\n  prayer: away\n  mail: available\n", "desk.yaml").Activities;

        Assert.Equal("prayer False, mail True", string.Join(", ", activities.Select(each => $"{each.Name} {each.Available}")));
        Assert.Contains(DeskFile.Parse("{}", "desk.yaml").Activities, each => each.Name == "break");
        Assert.Empty(DeskFile.Parse("activities: {}", "desk.yaml").Activities);
    }

    [Theory]
    [InlineData("activities:\n  break: never", "desk.yaml:2:10")]
    [InlineData("activities:\n  break:", "desk.yaml:2:3")]
    [InlineData("activities: [break]", "desk.yaml:1:13")]
    [InlineData("actvities: {}", "desk.yaml:1:1")]
    public void BadFile_IsRefusedWithItsPlace(string text, string place) =>
        Assert.Contains(place, Assert.Throws<PipelineFormatException>(() => DeskFile.Parse(text, "desk.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void ShippedFile_SaysWhatHoldsWithoutOne()
    {
        var path = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "desk.yaml");

        Assert.Equal(new DeskSettings().Activities.ToArray(), DeskFile.Parse(File.ReadAllText(path), path).Activities.ToArray());
    }
}
