public class «class»«1:4»extends BaseService<«2!8»«class».Input,«3:8»«class».Result> {
