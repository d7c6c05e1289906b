-- CreateTable
CREATE TABLE "Learner" (
    "id" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Learner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lab" (
    "id" UUID NOT NULL,
    "learnerId" UUID NOT NULL,
    "lessonId" TEXT NOT NULL,
    "lessonVersion" TEXT NOT NULL,
    "simulatorHash" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "held" TEXT,
    "branchId" UUID,
    "owner" TEXT,
    "fencingToken" BIGINT NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Lab_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Branch" (
    "id" UUID NOT NULL,
    "labId" UUID NOT NULL,
    "parentId" UUID,
    "forkSeq" INTEGER,
    "forkAtMillis" DOUBLE PRECISION,
    "name" TEXT NOT NULL,
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Branch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Input" (
    "branchId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "atMillis" DOUBLE PRECISION NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "clientSeq" INTEGER,
    "data" JSON NOT NULL,

    CONSTRAINT "Input_pkey" PRIMARY KEY ("branchId","seq")
);

-- CreateTable
CREATE TABLE "StepCompletion" (
    "branchId" UUID NOT NULL,
    "stepId" TEXT NOT NULL,
    "atMillis" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StepCompletion_pkey" PRIMARY KEY ("branchId","stepId")
);

-- CreateTable
CREATE TABLE "SimulatorBundle" (
    "hash" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SimulatorBundle_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "Lab_branchId_key" ON "Lab"("branchId");

-- CreateIndex
CREATE INDEX "Lab_simulatorHash_idx" ON "Lab"("simulatorHash");

-- CreateIndex
CREATE UNIQUE INDEX "Lab_learnerId_lessonId_key" ON "Lab"("learnerId", "lessonId");

-- CreateIndex
CREATE INDEX "Branch_labId_idx" ON "Branch"("labId");

-- CreateIndex
CREATE INDEX "Branch_parentId_idx" ON "Branch"("parentId");

-- CreateIndex
CREATE UNIQUE INDEX "Input_branchId_source_clientSeq_key" ON "Input"("branchId", "source", "clientSeq");

-- AddForeignKey
ALTER TABLE "Lab" ADD CONSTRAINT "Lab_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lab" ADD CONSTRAINT "Lab_simulatorHash_fkey" FOREIGN KEY ("simulatorHash") REFERENCES "SimulatorBundle"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Branch" ADD CONSTRAINT "Branch_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Branch" ADD CONSTRAINT "Branch_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Input" ADD CONSTRAINT "Input_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StepCompletion" ADD CONSTRAINT "StepCompletion_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;
